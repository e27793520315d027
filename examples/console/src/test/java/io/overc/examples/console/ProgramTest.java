package io.overc.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.examples.console.testkit.RecordedTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {
  private final RecordedTerminal recorded = new RecordedTerminal();
  private final Program program =
      Program.of(ProbeCommand.class)
          .on(recorded.piped())
          .withRemedy(Remedy.Action.WAIT, "probe wait")
          .withRemedy(Remedy.Action.SEND_IMAGE, "probe send %s");

  @ParameterizedTest
  @CsvSource({
    "refused,3",
    "busy,3",
    "not-found,1",
    "name,2",
    "argument,2",
    "image,3",
    "lines,1",
    "other,1"
  })
  @DisplayName("an exception becomes its exit code, a message on stderr, and nothing on stdout")
  void exceptionsBecomeExitCodes(String kind, int exitCode) {
    assertThat(program.run("fail", kind)).isEqualTo(exitCode);
    assertThat(recorded.out()).isEmpty();
    assertThat(recorded.err()).startsWith("probe: ").doesNotContain("\tat ");
  }

  @Test
  @DisplayName("a message of one line stays one line")
  void messageIsOneLine() {
    program.run("fail", "refused");
    assertThat(recorded.err())
        .isEqualTo("probe: Could not roll back: in backup mode; reboot first\n");
  }

  @Test
  @DisplayName("what a tool printed is indented below the message")
  void furtherLinesAreIndented() {
    program.run("fail", "lines");
    assertThat(recorded.err())
        .isEqualTo("probe: Could not upgrade: dnf returned 1: one\n    two\n    three\n");
  }

  @Test
  @DisplayName("a remedy ends with the command of this program, if it has one")
  void remedies() {
    program.run("fail", "image");
    assertThat(recorded.err())
        .isEqualTo("probe: Template 'web' has no image; send it one (probe send web)\n");
    program.run("fail", "lists");
    assertThat(recorded.err()).endsWith("probe: There is no 'web'; list them\n");
  }

  @Test
  @DisplayName("--debug shows where an error came from")
  void debugShowsTheStack() {
    assertThat(program.run("fail", "refused", "--debug")).isEqualTo(Exit.REFUSED);
    assertThat(recorded.err()).contains("\tat io.overc.examples.console.ProbeCommand$Fail.call");
  }

  @Test
  @DisplayName("with --json an error is one document on stdout")
  void jsonError() {
    assertThat(program.run("--json", "fail", "busy")).isEqualTo(Exit.REFUSED);
    assertThat(recorded.out())
        .isEqualTo(
            """
            {
              "error" : {
                "kind" : "busy",
                "exitCode" : 3,
                "message" : "host upgrade of / is locked by another operation (pid 4711: upgrade);\
             wait until it is done and try again (probe wait)"
              }
            }
            """);
  }

  @Test
  @DisplayName("with --json a wrong argument is a document too, wherever --json stands")
  void jsonUsage() {
    assertThat(program.run("work", "--nonsense", "--json")).isEqualTo(Exit.USAGE);
    assertThat(recorded.out()).contains("\"kind\" : \"usage\"").contains("'--nonsense'");
  }

  @Test
  @DisplayName("a wrong argument is one line that names the help")
  void usageIsOneLine() {
    assertThat(program.run("work", "--times", "many")).isEqualTo(Exit.USAGE);
    assertThat(recorded.err())
        .isEqualTo(
            "probe: Invalid value for option '--times': 'many' is not an int; see 'probe work"
                + " --help'\n");
    assertThat(recorded.out()).isEmpty();
  }

  @Test
  @DisplayName("a mistyped subcommand gets a suggestion, a missing one is usage")
  void subcommands() {
    assertThat(program.run("worm")).isEqualTo(Exit.USAGE);
    assertThat(recorded.err()).contains("did you mean 'work'?");
    assertThat(program.run()).isEqualTo(Exit.USAGE);
    assertThat(recorded.err()).contains("Missing required subcommand");
  }

  @Test
  @DisplayName("the common options work before and after the subcommand")
  void commonOptionsAnywhere() {
    assertThat(program.run("--json", "work", "--quiet")).isEqualTo(Exit.DONE);
    assertThat(recorded.out()).isEqualTo("{\n  \"what\" : \"a thing\",\n  \"times\" : 1\n}\n");
    assertThat(recorded.err()).isEmpty();
  }

  @Test
  @DisplayName("progress goes to stderr, the result to stdout")
  void progressAndResult() {
    assertThat(program.run("work")).isEqualTo(Exit.DONE);
    assertThat(recorded.out()).isEqualTo("Done: a thing\n");
    assertThat(recorded.err())
        .matches(
            """
            probe of a thing
            \\[1] prepare
            \\[2] do it
            warning: mind the gap
            probe done in \\d\\.\\d s
            """);
  }

  @Test
  @DisplayName("--verbose shows what the tools print")
  void verbose() {
    program.run("work", "--verbose");
    assertThat(recorded.err()).contains("[1] prepare\n      tool: a line\n");
  }

  @Test
  @DisplayName("--help and --version print on stdout and exit 0")
  void helpAndVersion() {
    assertThat(program.run("work", "--help")).isEqualTo(Exit.DONE);
    assertThat(recorded.out()).contains("Usage: probe work").contains("--config=FILE");
    assertThat(program.run("--version")).isEqualTo(Exit.DONE);
    assertThat(recorded.out()).containsPattern("probe \\d+\\.\\d+\\.\\d+");
  }

  @Test
  @DisplayName("a program can have exit codes of its own")
  void ownExitCodes() {
    Program own = program.withExitCode(RefusedException.class, 2);
    assertThat(own.run("fail", "refused")).isEqualTo(2);
    assertThat(own.run("fail", "not-found")).isEqualTo(1);
  }

  @Test
  @DisplayName("--config wins over OVERC_CONFIG; a bad file is exit 2 with every problem named")
  void configuration(@TempDir Path directory) throws IOException {
    Path good = Files.writeString(directory.resolve("good.properties"), "");
    Path bad = Files.writeString(directory.resolve("bad.properties"), "btrfs.rot=/\nnonsense=1\n");
    Program configured =
        program.on(recorded.terminal(OptionalInt.empty(), Map.of("OVERC_CONFIG", bad.toString())));
    assertThat(configured.run("keys")).isEqualTo(Exit.USAGE);
    assertThat(recorded.err()).contains("'btrfs.rot'").contains("'nonsense'");
    assertThat(configured.run("--config", good.toString(), "keys")).isEqualTo(Exit.DONE);
    assertThat(configured.run("keys", "--config", directory + "/none")).isEqualTo(Exit.USAGE);
    assertThat(recorded.err()).contains(directory + "/none");
  }
}
