package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.exec.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the scripted runner against the real one. */
class CommandRunnerAgreementTest {
  private static final CommandBuilder COMMAND =
      Command.of("sh", "-c", "echo out secret; echo err secret >&2; exit 3");

  enum Kind {
    REAL,
    SCRIPTED
  }

  private static CommandRunner runner(Kind kind) {
    return switch (kind) {
      case REAL -> CommandRunner.system();
      case SCRIPTED ->
          new ScriptedCommandRunner()
              .answer("cat", "")
              .answer(
                  "sh -c .*",
                  command ->
                      ScriptedCommandRunner.result(command, 3, "out secret\n", "err secret\n"));
    };
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("exit code, streams, lines and redaction agree")
  void resultsAgree(Kind kind) {
    List<String> lines = new ArrayList<>();
    CommandResult result =
        runner(kind).run(COMMAND.build().toBuilder().secret("secret").lines(lines::add).build());
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.stdout()).isEqualTo("out ***\n");
    assertThat(result.stderr()).isEqualTo("err ***\n");
    assertThat(lines).containsExactlyInAnyOrder("out ***", "err ***");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an output file gets the output, secrets and all; the result has none of it")
  void outputFilesAgree(Kind kind, @TempDir Path directory) throws IOException {
    Path file = directory.resolve("out");
    CommandResult result = runner(kind).run(COMMAND.build().toBuilder().outputFile(file).build());
    assertThat(Files.readString(file)).isEqualTo("out secret\n");
    assertThat(result.stdout()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a consumer of lines that throws does not matter")
  void throwingConsumersAgree(Kind kind) {
    Command command =
        COMMAND.build().toBuilder()
            .lines(
                line -> {
                  throw new IllegalStateException(line);
                })
            .build();
    assertThat(runner(kind).run(command).stdout()).isEqualTo("out secret\n");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a started command lives until it is closed")
  void startedCommandsAgree(Kind kind) {
    RunningCommand cat = runner(kind).start(Command.of("cat").build());
    assertThat(cat.alive()).isTrue();
    cat.close();
    assertThat(cat.alive()).isFalse();
  }
}
