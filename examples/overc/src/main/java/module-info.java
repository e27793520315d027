/** The command {@code overc}. */
module io.overc.examples.overc {
  requires io.overc.examples.console;
  requires static transitive org.jspecify;

  opens io.overc.examples.overc to
      info.picocli,
      io.overc.examples.console;
}
