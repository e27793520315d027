/** The command {@code vmcatcher-event-handler}. */
module io.overc.examples.vmcatcher {
  requires io.overc.examples.console;
  requires static transitive org.jspecify;

  opens io.overc.examples.vmcatcher to
      info.picocli,
      io.overc.examples.console;
}
