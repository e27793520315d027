package io.overc.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.internal.time.Cancellation;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationCancellationTest {
  private static final OperationKind KIND = OperationKind.HOST_UPGRADE;

  private final List<Event> events = new ArrayList<>();
  private final OperationOptions options = OperationOptions.of(events::add);

  private List<String> kinds() {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  private Event.Finished finished() {
    return (Event.Finished) events.get(events.size() - 1);
  }

  private <T> T run(Operation.Body<T> body) {
    return Operation.run(options, KIND, "/", body);
  }

  @Test
  @DisplayName("an interrupt cancels at the next step and keeps the flag")
  void interrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                run(
                    operation -> {
                      operation.step("first");
                      return "";
                    }))
        .isInstanceOf(InterruptedOperationException.class)
        .hasMessageContaining("host upgrade of /");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(finished().failure()).isPresent();
  }

  @Test
  @DisplayName("an interrupt while a file is written is an interrupted operation, not a failure")
  void interruptedWriting(@TempDir Path directory) {
    assertThatThrownBy(
            () ->
                run(
                    operation -> {
                      Thread.currentThread().interrupt();
                      Path file = Files.createFile(directory.resolve("file"));
                      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.force(true);
                      }
                      return "";
                    }))
        .isInstanceOf(InterruptedOperationException.class)
        .hasMessageContaining("host upgrade of /");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @DisplayName("a deadline ends a tool, and what is shielded runs all the same")
  void deadline() {
    OperationOptions limited =
        OperationOptions.builder().listener(events::add).deadline(Duration.ofMillis(100)).build();
    long began = System.nanoTime();
    assertThatThrownBy(
            () ->
                Operation.run(
                    limited,
                    KIND,
                    "/",
                    operation -> {
                      try {
                        return CommandRunner.system().run(Command.of("sleep", "20").build());
                      } finally {
                        Cancellation.shielded(
                            () -> {
                              CommandRunner.system().run(Command.of("true").build());
                              operation.warn("put back");
                            });
                      }
                    }))
        .isInstanceOf(DeadlineExceededException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    assertThat(kinds()).containsExactly("Started", "Warned", "Finished");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    Cancellation.check("anything after the operation");
  }

  @Test
  @DisplayName("an interrupt is kept from what is shielded, and there afterwards")
  void shielded() {
    Thread.currentThread().interrupt();
    boolean inside =
        Cancellation.shielded(
            () -> {
              Cancellation.check("putting back");
              return Thread.currentThread().isInterrupted();
            });
    assertThat(inside).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
