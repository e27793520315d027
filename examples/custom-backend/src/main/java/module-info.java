/** A container driver by a third party: programs in directories. */
module io.overc.examples.custom {
  requires transitive io.overc;
  requires static transitive org.jspecify;
  requires static com.google.auto.service;

  exports io.overc.examples.custom;

  provides io.overc.spi.ContainerDriverProvider with
      io.overc.examples.custom.ProgramDriverProvider;
}
