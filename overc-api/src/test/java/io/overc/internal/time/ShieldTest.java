package io.overc.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.exec.Command;
import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what is shielded is finished, whatever cancels it meanwhile")
class ShieldTest {
  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  @DisplayName("an interrupt that comes meanwhile is kept for afterwards: by tools, pauses, checks")
  void interrupted() {
    Thread worker = Thread.currentThread();
    CommandResult result =
        Cancellation.shielded(
            () -> {
              later(worker);
              Command command = Command.of("sh", "-c", "sleep 0.5; echo done").build();
              CommandResult ran = CommandRunner.system().run(command);
              worker.interrupt();
              Cancellation.check("this");
              worker.interrupt();
              Poll.pause(Duration.ofMillis(10), "this");
              Cancellation.shielded(() -> Cancellation.check("an inner one"));
              assertThat(worker.isInterrupted()).isFalse();
              return ran;
            });
    assertThat(result.stdout()).isEqualTo("done\n");
    assertThat(worker.isInterrupted()).isTrue();
    assertThatThrownBy(() -> Cancellation.check("that"))
        .isInstanceOf(InterruptedOperationException.class)
        .hasMessageContaining("that");
    assertThat(worker.isInterrupted()).isTrue();
  }

  @Test
  @DisplayName("outside, a pause ends with an interrupt or at the deadline of the operation")
  void outside() {
    later(Thread.currentThread());
    assertThatThrownBy(() -> Poll.pause(Duration.ofHours(1), "ever"))
        .isInstanceOf(InterruptedOperationException.class);
    assertThat(Thread.interrupted()).isTrue();
    try (Cancellation limit = Cancellation.begin(Duration.ofMillis(50))) {
      assertThat(limit).isNotNull();
      assertThatThrownBy(() -> Poll.pause(Duration.ofHours(1), "ever"))
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageContaining("waiting for ever");
      Cancellation.shielded(() -> Poll.pause(Duration.ofMillis(60), "the end"));
    }
  }

  @Test
  @DisplayName("a message shows the beginning and the end of a long command line")
  void summary() {
    Command command = Command.of("sh", "-c", "exit 3", "x".repeat(5000), "the end").build();
    assertThatThrownBy(() -> CommandRunner.system().run(command).orThrow("try"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageStartingWith("Could not try: sh -c 'exit 3' xxx")
        .hasMessageContaining("'the end' returned 3")
        .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(600));
  }

  private static void later(Thread worker) {
    Thread thread =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(100);
                worker.interrupt();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
  }
}
