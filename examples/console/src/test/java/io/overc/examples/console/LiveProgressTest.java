package io.overc.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.OperationInfo;
import io.overc.event.OperationKind;
import io.overc.examples.console.testkit.RecordedTerminal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LiveProgressTest {
  private static final Instant NOW = Instant.EPOCH;
  private static final OperationInfo OP =
      new OperationInfo(1, OperationKind.HOST_UPGRADE, "/", OptionalLong.empty());

  private static final String CLEAR = "\r\u001b[K";

  private final RecordedTerminal recorded = new RecordedTerminal();
  private final Terminal terminal = recorded.terminal(OptionalInt.of(24), Map.of());
  private final LiveProgress progress =
      new LiveProgress(terminal.err(), terminal.columns().orElseThrow(), false);

  @Test
  @DisplayName("a step is one line, cleared before each drawing, kept with its time at the end")
  void oneLineForEachStep() {
    progress.on(new Event.Started(OP, NOW));
    progress.on(new Event.StepStarted(OP, NOW, 1, "first"));
    progress.on(new Event.StepFinished(OP, NOW, 1, "first", Duration.ofMillis(1234)));
    assertThat(recorded.err()).isEqualTo(CLEAR + "[1] first" + CLEAR + "[1] first  1.2 s\n");
  }

  @Test
  @DisplayName("a line never reaches the last column, whatever a tool prints")
  void linesDoNotWrap() {
    progress.on(new Event.StepStarted(OP, NOW, 1, "a step with a title that is too long"));
    progress.on(new Event.Output(OP, NOW, 1, "tool", "x".repeat(300)));
    progress.on(new Event.Warned(OP, NOW, "look"));
    assertThat(Stream.of(recorded.err().split("[\r\n]+")))
        .filteredOn(line -> !line.contains("warning"))
        .allMatch(line -> line.replace("\u001b[K", "").length() < 24);
  }

  @Test
  @DisplayName("a warning stays above the live line")
  void warningStays() {
    progress.on(new Event.StepStarted(OP, NOW, 1, "step"));
    progress.on(new Event.Warned(OP, NOW, "look"));
    assertThat(recorded.err()).endsWith(CLEAR + "warning: look\n" + CLEAR + "[1] step");
  }

  @Test
  @DisplayName("a step that fails is marked and its line ended")
  void failedStep() {
    progress.on(new Event.StepStarted(OP, NOW, 1, "step"));
    progress.on(
        new Event.Finished(OP, NOW, "why", Optional.of(new OvercException("why")), Duration.ZERO));
    assertThat(recorded.err()).endsWith(CLEAR + "[1] step  failed\n");
  }

  @Test
  @DisplayName("what a tool prints cannot steer the terminal")
  void toolsCannotSteerTheTerminal() {
    assertThat(Wording.printable("\u001b[31mred\u001b[0m\ttab\r50%\u0007"))
        .isEqualTo("red tab 50% ");
  }
}
