/** VM images of image lists in OpenNebula clouds. */
module io.overc.opennebula {
  requires transitive io.overc;
  requires java.net.http;
  requires java.xml;
  requires org.apache.commons.compress;
  requires org.slf4j;
  requires static transitive org.jspecify;
  requires static com.google.auto.service;

  exports io.overc.opennebula;

  provides io.overc.spi.ImageListHandlerProvider with
      io.overc.opennebula.OpenNebulaImageListHandlerProvider;
}
