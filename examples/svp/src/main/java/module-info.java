/** The command {@code svp}. */
module io.overc.examples.svp {
  requires io.overc.examples.console;
  requires static transitive org.jspecify;

  opens io.overc.examples.svp to
      info.picocli,
      io.overc.examples.console;
}
