package io.overc.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.UnavailableException;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.FaultInjector;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunningCommandTest {
  private final CommandRunner runner = CommandRunner.system();

  @Test
  @DisplayName("closing ends a command that waits for its input, and ends it again harmlessly")
  void closingEndsIt() {
    RunningCommand cat = runner.start(Command.of("cat").build());
    assertThat(cat.alive()).isTrue();
    cat.close();
    assertThat(cat.alive()).isFalse();
    cat.close();
  }

  @Test
  @DisplayName("closing ends a command that does not listen, with its children")
  void closingEndsTheTree() {
    RunningCommand stubborn =
        runner.start(Command.of("sh", "-c", "trap '' TERM; sleep 300 & sleep 300").build());
    ProcessHandle handle = ProcessHandle.of(stubborn.pid()).orElseThrow();
    while (handle.children().count() < 2) {
      Thread.onSpinWait();
    }
    var children = handle.descendants().toList();
    stubborn.close();
    assertThat(stubborn.alive()).isFalse();
    assertThat(children).hasSize(2).noneMatch(ProcessTree::lives);
  }

  @Test
  @DisplayName("what a command left running when its input ended is ended too")
  void closingEndsWhatWasLeft() {
    RunningCommand parent = runner.start(Command.of("sh", "-c", "sleep 300 & cat").build());
    ProcessHandle handle = ProcessHandle.of(parent.pid()).orElseThrow();
    while (handle.children().count() < 2) {
      Thread.onSpinWait();
    }
    var children = handle.descendants().toList();
    parent.close();
    assertThat(children).noneMatch(ProcessTree::lives);
  }

  @Test
  @DisplayName("a command that waits for its input ends when this JVM is killed")
  void endsWithTheJvm() throws InterruptedException, ExecutionException, TimeoutException {
    CommandResult result = runner.run(ChildJvm.of(KilledMain.class).build());
    assertThat(result.exitCode()).as(result.stderr()).isEqualTo(ChildJvm.KILLED);
    var cat = ProcessHandle.of(Long.parseLong(result.stdout().strip()));
    if (cat.isPresent()) {
      cat.get().onExit().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  @DisplayName("a missing program is told at once")
  void missingProgram() {
    assertThatThrownBy(() -> runner.start(Command.of("overc-no-such-tool").build()))
        .isInstanceOf(UnavailableException.class);
  }

  static final class KilledMain {
    private KilledMain() {}

    @SuppressWarnings("try") // The JVM dies while the command runs.
    public static void main(String[] args) {
      try (RunningCommand cat = CommandRunner.system().start(Command.of("cat").build())) {
        System.out.println(cat.pid());
        System.out.flush();
        FaultInjector.at(FaultInjector.Fault.KILL, 0).run("die", () -> {});
      }
    }
  }
}
