/** The docker backends of OverC. */
module io.overc.docker {
  requires transitive io.overc;
  requires org.slf4j;
  requires static transitive org.jspecify;
  requires static com.google.auto.service;

  exports io.overc.docker;

  provides io.overc.spi.ContainerDriverProvider with
      io.overc.docker.DockerContainerDriverProvider;
  provides io.overc.spi.ServicePackRunnerProvider with
      io.overc.docker.DockerServicePackRunnerProvider;
  provides io.overc.spi.SnapshotStoreProvider with
      io.overc.docker.DockerSnapshotStoreProvider;
}
