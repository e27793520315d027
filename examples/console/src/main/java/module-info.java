/** What the example programs share: options, output, progress and exit codes. */
module io.overc.examples.console {
  requires transitive io.overc;
  requires transitive info.picocli;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires static transitive org.jspecify;

  exports io.overc.examples.console;

  opens io.overc.examples.console to
      info.picocli;
}
