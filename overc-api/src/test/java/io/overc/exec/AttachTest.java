package io.overc.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.InterruptedOperationException;
import io.overc.error.UnavailableException;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.ScriptedCommandRunner;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a command that shares the terminal")
class AttachTest {
  private final CommandRunner runner = CommandRunner.system();

  /** Attaches a shell that reads from, and writes to, what this process has. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      Command shell =
          Command.of("sh", "-c", "read x; echo \"out $x $V\"; echo err >&2; exit 7")
              .environment("V", "v")
              .build();
      System.exit(CommandRunner.system().attach(shell));
    }
  }

  @Test
  @DisplayName("has the standard streams of this process, and its exit code comes back")
  void streams() {
    CommandResult result = runner.run(ChildJvm.of(Main.class).input("typed\n").build());
    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.stdout()).isEqualTo("out typed v\n");
    assertThat(result.stderr()).contains("err");
  }

  @Test
  @DisplayName("is ended when the thread is interrupted, and the flag is kept")
  void interrupt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> runner.attach(Command.of("sleep", "1000").build()))
        .isInstanceOf(InterruptedOperationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @DisplayName("that is not there is reported, and so is a runner without a terminal")
  void unavailable() {
    assertThatThrownBy(() -> runner.attach(Command.of("no-such-tool-here").build()))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> new ScriptedCommandRunner().attach(Command.of("true").build()))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("terminal");
  }
}
