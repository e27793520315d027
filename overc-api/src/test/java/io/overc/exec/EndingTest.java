package io.overc.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.overc.error.InterruptedOperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Children that would go on for 300 s: what returns within the 60 s of a test was ended. */
@Timeout(60)
class EndingTest {
  private static final Duration SHORT = Duration.ofMillis(700);

  private final CommandRunner runner = CommandRunner.system();
  private Path pids = Path.of("unset");

  @BeforeEach
  void preparePids(@TempDir Path directory) {
    pids = directory.resolve("pids");
  }

  @AfterEach
  void endOrphans() throws IOException {
    if (Files.exists(pids)) {
      started().forEach(ProcessHandle::destroyForcibly);
    }
  }

  private CommandBuilder sh(String script) {
    return Command.of("sh", "-c", script, "sh", pids.toString());
  }

  private List<ProcessHandle> started() throws IOException {
    return Files.readAllLines(pids).stream()
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
        .toList();
  }

  private void assertAllEnded(int count) throws IOException {
    assertThat(Files.readAllLines(pids)).hasSize(count);
    assertThat(started()).noneMatch(ProcessTree::lives);
  }

  @Test
  @DisplayName("a timeout ends the child, its children and their children")
  void timeoutEndsTheTree() throws IOException {
    Command command =
        sh("echo out; echo $$ >>\"$1\"; sh -c 'echo $$ >>\"$1\"; sleep 300 & echo $! >>\"$1\"; wait' sh \"$1\"; echo x")
            .timeout(SHORT)
            .build();
    CommandTimeoutException e =
        catchThrowableOfType(CommandTimeoutException.class, () -> runner.run(command));
    assertThat(e).hasMessageContaining("did not end within 700 ms and was ended: out");
    assertThat(e.result().stdout()).isEqualTo("out\n");
    assertThat(e.result().succeeded()).isFalse();
    assertAllEnded(3);
  }

  @Test
  @DisplayName("a timeout ends what left with a session of its own and has lost its parent")
  void timeoutEndsWhoLeft() throws IOException {
    Command command =
        sh("echo $$ >>\"$1\"; (setsid sh -c 'trap \"\" HUP TERM; echo $$ >>\"$1\"; while :; do sleep 300;"
                + " done' sh \"$1\" >/dev/null 2>&1 </dev/null &); while :; do sleep 1; done")
            .timeout(Duration.ofSeconds(2))
            .build();
    assertThatThrownBy(() -> runner.run(command)).isInstanceOf(CommandTimeoutException.class);
    assertAllEnded(2);
  }

  @Test
  @DisplayName(
      "what a command left running when it ended by itself stays, also when another is ended")
  void othersStay() throws IOException {
    runner.run(sh("(setsid sleep 300 >/dev/null 2>&1 & echo $! >>\"$1\")").build());
    Command other = Command.of("sleep", "300").timeout(SHORT).build();
    assertThatThrownBy(() -> runner.run(other)).isInstanceOf(CommandTimeoutException.class);
    assertThat(started()).hasSize(1).allMatch(ProcessTree::lives);
  }

  @Test
  @DisplayName("a timeout ends a tree that traps SIGTERM and goes on starting children")
  void timeoutEndsWhatTrapsSigterm() throws IOException {
    Command command =
        sh("trap 'exit 0' TERM; echo $$ >>\"$1\"; sh -c 'trap \"\" TERM; echo $$ >>\"$1\"; while :; do sleep 0.1; done' sh \"$1\" & wait; exit 0")
            .timeout(SHORT)
            .build();
    assertThatThrownBy(() -> runner.run(command)).isInstanceOf(CommandTimeoutException.class);
    assertAllEnded(2);
  }

  @Test
  @DisplayName("a child that traps SIGTERM and returns 0 is a timeout all the same")
  void trappedSigtermIsNoSuccess() {
    Command command =
        Command.of("sh", "-c", "trap 'exit 0' TERM; sleep 300 & wait").timeout(SHORT).build();
    assertThatThrownBy(() -> runner.run(command)).isInstanceOf(CommandTimeoutException.class);
  }

  @Test
  @DisplayName("an orphan that holds the pipes changes neither the exit code nor the time")
  void orphanHoldsThePipes() throws IOException {
    Command command = sh("echo begun; sleep 300 & echo $! >>\"$1\"; echo end; exit 5").build();
    CommandResult result = runner.run(command);
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.stdout()).isEqualTo("begun\nend\n");
    assertThat(result.took()).isLessThan(Duration.ofSeconds(30));
    assertThat(started()).as("the orphan is not ours to end").allMatch(ProcessTree::lives);
  }

  @Test
  @DisplayName("an orphan that holds the pipes holds none of our threads")
  void orphanHoldsNoThread() throws IOException {
    runner.run(sh("sleep 300 & echo $! >>\"$1\"").build());
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("overc-exec-pump");
  }

  @Test
  @DisplayName("an orphan that goes on printing does not keep the command from returning")
  void orphanGoesOnPrinting() {
    Command command =
        sh("(while :; do echo more; sleep 0.01; done) & echo $! >>\"$1\"; echo out").build();
    assertThat(runner.run(command).stdout()).contains("out\n");
  }

  @Test
  @DisplayName("an interrupt ends the tree, keeps the flag and is told as what it is")
  void interruptEndsTheTree() throws Exception {
    CountDownLatch ready = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>(false);
    Command command =
        sh("echo $$ >>\"$1\"; sleep 300 & echo $! >>\"$1\"; echo ready; wait")
            .lines(line -> ready.countDown())
            .build();
    Thread worker =
        new Thread(
            () -> {
              try {
                runner.run(command);
              } catch (RuntimeException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    worker.start();
    ready.await();
    worker.interrupt();
    worker.join();
    assertThat(thrown.get())
        .isInstanceOf(InterruptedOperationException.class)
        .hasMessageStartingWith("Interrupted while running sh -c ");
    assertThat(flag.get()).as("the interrupt flag").isTrue();
    assertAllEnded(2);
  }

  @Test
  @DisplayName("a thread that is interrupted already starts nothing")
  void interruptedBefore() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> runner.run(sh("echo $$ >>\"$1\"; sleep 300").build()))
          .isInstanceOf(InterruptedOperationException.class);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      assertThat(pids).doesNotExist();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  @DisplayName("a timeout longer than a long of nanoseconds is no error")
  void hugeTimeout() {
    Command command = Command.of("true").timeout(Duration.ofSeconds(Long.MAX_VALUE)).build();
    assertThat(runner.run(command).succeeded()).isTrue();
  }
}
