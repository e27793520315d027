/** The LXC backends of OverC: containers and their snapshots. */
module io.overc.lxc {
  requires transitive io.overc;
  requires org.apache.commons.compress;
  requires static transitive org.jspecify;
  requires static com.google.auto.service;

  exports io.overc.lxc;

  provides io.overc.spi.ContainerDriverProvider with
      io.overc.lxc.LxcContainerDriverProvider;
  provides io.overc.spi.OverlaySharingProvider with
      io.overc.lxc.LxcOverlaySharingProvider;
  provides io.overc.spi.SnapshotStoreProvider with
      io.overc.lxc.LxcSnapshotStoreProvider;
}
