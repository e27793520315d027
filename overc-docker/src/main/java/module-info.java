/** The docker backends of OverC. */
module io.overc.docker {
  requires transitive io.overc;
  requires java.net.http;
  requires org.apache.commons.compress;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.databind;
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
