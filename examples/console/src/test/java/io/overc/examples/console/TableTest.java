package io.overc.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.examples.console.testkit.RecordedTerminal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  @DisplayName("columns are aligned and lines end without blanks")
  void aligned() {
    RecordedTerminal recorded = new RecordedTerminal();
    new Table().row("a", "long cell", "x").row("longer", "b").print(recorded.piped().out(), "  ");
    assertThat(recorded.out()).isEqualTo("  a       long cell  x\n  longer  b\n");
  }
}
