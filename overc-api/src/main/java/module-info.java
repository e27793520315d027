/**
 * Keeps machines and what runs on them upgradable and able to go back: interfaces, records and the
 * embedded backends.
 */
// The modules that may see the floor are not there yet when this one is compiled.
@SuppressWarnings("module")
module io.overc {
  requires com.sun.jna;
  requires org.slf4j;
  requires org.apache.commons.exec;
  requires java.xml;
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires static jdk.jfr;

  exports io.overc;
  exports io.overc.config;
  exports io.overc.container;
  exports io.overc.directory;
  exports io.overc.engine;
  exports io.overc.error;
  exports io.overc.event;
  exports io.overc.exec;
  exports io.overc.host;
  exports io.overc.image;
  exports io.overc.overlay;
  exports io.overc.script;
  exports io.overc.servicepack;
  exports io.overc.snapshot;
  exports io.overc.spi;

  // For our own modules only, and subject to change.
  exports io.overc.internal.compare to
      io.overc.btrfs,
      io.overc.lxc;
  exports io.overc.internal.file to
      io.overc.btrfs,
      io.overc.docker,
      io.overc.lxc,
      io.overc.opennebula;
  exports io.overc.internal.linux to
      io.overc.btrfs,
      io.overc.docker,
      io.overc.lxc,
      io.overc.opennebula;
  exports io.overc.internal.packages to
      io.overc.btrfs,
      io.overc.docker,
      io.overc.lxc;
  exports io.overc.internal.lock to
      io.overc.btrfs,
      io.overc.docker,
      io.overc.lxc,
      io.overc.opennebula;
  exports io.overc.internal.time to
      io.overc.btrfs,
      io.overc.docker,
      io.overc.lxc,
      io.overc.opennebula;
  exports io.overc.internal.tree to
      io.overc.btrfs,
      io.overc.docker,
      io.overc.lxc;

  uses io.overc.spi.ContainerDriverProvider;
  uses io.overc.spi.HostUpgraderProvider;
  uses io.overc.spi.ImageListHandlerProvider;
  uses io.overc.spi.OverlaySharingProvider;
  uses io.overc.spi.ServicePackRunnerProvider;
  uses io.overc.spi.SnapshotStoreProvider;

  provides io.overc.spi.SnapshotStoreProvider with
      io.overc.directory.DirectorySnapshotStoreProvider;
  provides io.overc.spi.ContainerDriverProvider with
      io.overc.script.ScriptContainerDriverProvider;
}
