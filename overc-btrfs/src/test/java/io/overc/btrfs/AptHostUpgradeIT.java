package io.overc.btrfs;

/** Upgrades a real root with the real apt. */
class AptHostUpgradeIT extends HostFixture
    implements SwitchStories, RefusalStories, FailureStories {
  AptHostUpgradeIT() {
    super(AptDistribution::new);
  }
}
