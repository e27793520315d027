package io.overc.btrfs;

/** Upgrades a real root with the real dnf. */
class DnfHostUpgradeIT extends HostFixture
    implements SwitchStories, RefusalStories, FailureStories {
  DnfHostUpgradeIT() {
    super(lab -> new RpmDistribution(lab, "dnf"));
  }
}
