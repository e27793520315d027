package io.overc.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.examples.console.Program;
import io.overc.examples.console.testkit.RecordedTerminal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QuickstartTest {
  @Test
  @DisplayName("the embedded story needs no root and ends where it began")
  void embedded() {
    RecordedTerminal recorded = new RecordedTerminal();
    int exitCode = Program.of(Quickstart.class).on(recorded.piped()).run("--embedded");
    assertThat(recorded.err()).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(recorded.out())
        .containsSubsequence(
            "says <h1>Open</h1>",
            "made shop",
            "says <h1>Sle</h1>",
            "before the sale",
            "restore",
            "says <h1>Open</h1>");
  }
}
