package io.overc.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemCommandRunnerTest {
  private final CommandRunner runner = CommandRunner.system();

  private static CommandBuilder sh(String script, String... arguments) {
    return Command.of("sh", "-c", script, "sh").arguments(arguments);
  }

  @Test
  @DisplayName("exit code, both streams and the time come back")
  void everythingComesBack() {
    CommandResult result = runner.run(sh("echo out; echo err >&2; exit 3").build());
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
    assertThat(result.took()).isPositive();
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  @DisplayName("arguments arrive unchanged: blanks, quotes, empty, newline, backslash, no encoding")
  void argumentsArriveUnchanged() {
    List<String> arguments =
        List.of(
            "a b",
            " leading",
            "trailing ",
            "",
            "\"double\"",
            "'single'",
            "\"both' kinds\"",
            "new\nline",
            "tab\t",
            "back\\slash\\",
            "$HOME `id` $(id) ; | & > *",
            "-n",
            "Grüße ✓");
    CommandResult result = runner.run(Command.of("printf", "%s\\0").arguments(arguments).build());
    assertThat(result.stdout().split("\0", -1))
        .containsExactlyElementsOf(
            java.util.stream.Stream.concat(arguments.stream(), java.util.stream.Stream.of(""))
                .toList());
  }

  @Test
  @DisplayName("the environment is inherited and added to, and the locale is C")
  void environmentIsInherited() {
    CommandResult result =
        runner.run(sh("echo \"$PATH|$LC_ALL|$OWN\"").environment("OWN", "a b").build());
    assertThat(result.stdout()).isEqualTo(System.getenv("PATH") + "|C|a b\n");
  }

  @Test
  @DisplayName("a bare environment holds PATH, LC_ALL, the mark and what was added, nothing else")
  void environmentCanBeBare() {
    CommandResult result =
        runner.run(Command.of("env").bareEnvironment().environment("OWN", "x").build());
    assertThat(result.lines().map(line -> line.replaceFirst("^OVERC_COMMAND=[\\w.,]+$", "mark")))
        .containsExactlyInAnyOrder("PATH=" + System.getenv("PATH"), "LC_ALL=C", "OWN=x", "mark");
  }

  @Test
  @DisplayName("200 kB on stderr alone do not stop the tool")
  void muchOnStderr() {
    CommandResult result = runner.run(sh("yes err | head -c 200000 >&2; echo done").build());
    assertThat(result.stdout()).isEqualTo("done\n");
    assertThat(result.stderr()).hasSize(200_000);
  }

  @Test
  @DisplayName("200 kB on both streams at once arrive complete")
  void muchOnBothStreams() {
    CommandResult result =
        runner.run(sh("yes err | head -c 200000 >&2 & yes out | head -c 200000; wait").build());
    assertThat(result.stdout()).isEqualTo("out\n".repeat(50_000));
    assertThat(result.stderr()).isEqualTo("err\n".repeat(50_000));
  }

  @Test
  @DisplayName("output past the limit keeps head and tail and says how much is missing")
  void outputIsBounded() {
    CommandResult result = runner.run(sh("seq 1 100000").outputLimit(200).build());
    assertThat(result.stdout())
        .startsWith("1\n2\n3\n")
        .contains("[... 588695 bytes left out ...]")
        .endsWith("99999\n100000\n")
        .hasSizeLessThan(300);
  }

  @Test
  @DisplayName("every line is told as it comes, also the last one without an end")
  void linesAreTold() {
    List<String> lines = new ArrayList<>();
    runner.run(sh("printf 'one\\ntwo\\r\\nGrüße\\n\\nlast'").lines(lines::add).build());
    assertThat(lines).containsExactly("one", "two", "Grüße", "", "last");
  }

  @Test
  @DisplayName("what a tool that is done at once prints is read without another thread")
  void shortToolsNeedNoThreads() {
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < 50; i++) { // On a busy machine even 'echo' may take longer than a moment.
      runner.run(
          Command.of("echo", "x").lines(line -> readers.add(Thread.currentThread())).build());
    }
    assertThat(readers).hasSize(50).contains(Thread.currentThread());
  }

  @Test
  @DisplayName("a listener that throws, even an error, does not stop the tool")
  void listenerThatThrows() {
    CommandResult result =
        runner.run(
            sh("yes | head -c 200000")
                .lines(
                    line -> {
                      throw new AssertionError("listener");
                    })
                .build());
    assertThat(result.stdout()).hasSize(200_000);
  }

  @Test
  @DisplayName("input arrives as UTF-8 and ends; without input the tool reads the end at once")
  void inputArrives() {
    assertThat(runner.run(Command.of("cat").input("Grüße\n").build()).stdout())
        .isEqualTo("Grüße\n");
    assertThat(runner.run(Command.of("cat").build()).stdout()).isEmpty();
  }

  @Test
  @DisplayName("a tool that closes its input early keeps its exit code")
  void inputClosedEarly() {
    CommandResult result =
        runner.run(sh("exec <&-; echo done; exit 7").input("x".repeat(1 << 20)).build());
    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.stdout()).isEqualTo("done\n");
  }

  @Test
  @DisplayName("the output can go to a file, byte for byte, and stderr still comes back")
  void outputGoesToFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("out");
    CommandResult result =
        runner.run(sh("printf '\\377\\000\\n'; echo err >&2").outputFile(file).build());
    assertThat(Files.readAllBytes(file)).containsExactly(0xff, 0, '\n');
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).isEqualTo("err\n");
  }

  @Test
  @DisplayName("the tool runs in the directory that was asked for")
  void runsInDirectory(@TempDir Path directory) throws IOException {
    assertThat(runner.run(Command.of("pwd", "-P").directory(directory).build()).stdout())
        .isEqualTo(directory.toRealPath() + "\n");
  }

  @Test
  @DisplayName("a signal that ended the tool is 128 plus its number")
  void signalsAreExitCodes() {
    assertThat(runner.run(sh("kill -TERM $$").build()).exitCode()).isEqualTo(143);
  }

  @Test
  @DisplayName("in the locale C an argument that Java cannot encode is refused, not garbled")
  void argumentsThatCannotBeEncoded() {
    CommandResult result =
        runner.run(ChildJvm.of(EncodingMain.class).environment("LC_ALL", "POSIX").build());
    assertThat(result.stdout())
        .as(result.stderr())
        .startsWith("plain\n")
        .contains("cannot express them; start it in a UTF-8 locale");
  }

  static final class EncodingMain {
    private EncodingMain() {}

    public static void main(String[] args) {
      CommandRunner runner = CommandRunner.system();
      System.out.print(runner.run(Command.of("echo", "plain").build()).stdout());
      try {
        System.out.print(runner.run(Command.of("echo", "Gr\u00fc\u00dfe").build()).stdout());
      } catch (RuntimeException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
