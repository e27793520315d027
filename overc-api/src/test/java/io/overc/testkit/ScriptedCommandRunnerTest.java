package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.exec.Command;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScriptedCommandRunnerTest {
  @Test
  @DisplayName("the script added last wins, and commands are remembered in order")
  void lastScriptWins() {
    ScriptedCommandRunner runner =
        new ScriptedCommandRunner()
            .answer("btrfs .*", "any\n")
            .answer("btrfs subvolume list .*", "list\n")
            .fail("btrfs subvolume delete .*", 1, "ERROR: not permitted\n");
    assertThat(runner.run(Command.of("btrfs", "version").build()).stdout()).isEqualTo("any\n");
    assertThat(runner.run(Command.of("btrfs", "subvolume", "list", "/a b").build()).stdout())
        .isEqualTo("list\n");
    assertThatThrownBy(
            () ->
                runner
                    .run(Command.of("btrfs", "subvolume", "delete", "/x").build())
                    .orThrow("delete x"))
        .hasMessageContaining("ERROR: not permitted");
    assertThat(runner.lines())
        .containsExactly("btrfs version", "btrfs subvolume list /a b", "btrfs subvolume delete /x");
    assertThat(runner.commands()).hasSize(3);
  }

  @Test
  @DisplayName("a command without a script fails the test and names the command")
  void unknownCommand() {
    ScriptedCommandRunner runner = new ScriptedCommandRunner().answer("ls", "");
    assertThatThrownBy(() -> runner.run(Command.of("ls", "-l").build()))
        .isInstanceOf(AssertionError.class)
        .hasMessage("No script for the command: ls -l");
  }
}
