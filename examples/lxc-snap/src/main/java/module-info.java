/** The command {@code lxc-snap}. */
module io.overc.examples.lxcsnap {
  requires io.overc.examples.console;
  requires io.overc.lxc;
  requires static transitive org.jspecify;

  opens io.overc.examples.lxcsnap to
      info.picocli,
      io.overc.examples.console;
}
