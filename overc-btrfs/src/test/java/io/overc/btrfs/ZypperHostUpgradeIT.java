package io.overc.btrfs;

/** Upgrades a real root with the real zypper. */
class ZypperHostUpgradeIT extends HostFixture
    implements SwitchStories, RefusalStories, FailureStories {
  ZypperHostUpgradeIT() {
    super(lab -> new RpmDistribution(lab, "zypper"));
  }
}
