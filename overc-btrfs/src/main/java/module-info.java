/** The btrfs backends of OverC: atomic host upgrades and snapshots. */
module io.overc.btrfs {
  requires transitive io.overc;
  requires org.slf4j;
  requires static transitive org.jspecify;
  requires static com.google.auto.service;

  exports io.overc.btrfs;
  exports io.overc.btrfs.snapshot;

  provides io.overc.spi.HostUpgraderProvider with
      io.overc.btrfs.BtrfsHostUpgraderProvider;
  provides io.overc.spi.SnapshotStoreProvider with
      io.overc.btrfs.snapshot.BtrfsSnapshotStoreProvider;
}
