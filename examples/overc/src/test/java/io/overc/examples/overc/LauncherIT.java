package io.overc.examples.overc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.examples.console.testkit.Launcher;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("examples/bin/overc")
class LauncherIT {
  private static final Path OVERC = Launcher.path("overc");

  private final CommandRunner runner = CommandRunner.system();

  @Test
  @DisplayName("works from any directory through a chain of symbolic links with blanks in them")
  void throughSymbolicLinks(@TempDir Path directory) throws IOException {
    Path first = Files.createSymbolicLink(directory.resolve("a b"), OVERC);
    Path second = Files.createSymbolicLink(directory.resolve("overc"), Path.of("a b"));
    CommandResult result =
        runner.run(Command.of(second.toString(), "--version").directory(directory).build());
    assertThat(result.orThrow("ask for the version").stdout()).startsWith("overc ");
    Files.delete(second);
    Files.delete(first);
  }

  @Test
  @DisplayName("passes arguments unchanged and the exit code back, in the C locale too")
  void argumentsAndExitCode() {
    String odd = "  a 'b' \"c\" $d \\ *  ü ";
    CommandResult result = runner.run(Command.of(OVERC.toString(), odd).build());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stderr()).contains("'" + odd + "'");
    assertThat(result.stdout()).isEmpty();
  }

  @Test
  @DisplayName("is replaced by the program, so that signals reach it")
  void isReplacedByTheProgram(@TempDir Path directory) throws IOException {
    Path fakeJava = directory.resolve("bin/java");
    Files.createDirectories(fakeJava.getParent());
    Files.writeString(fakeJava, "#!/bin/sh\necho $$\n");
    assertThat(fakeJava.toFile().setExecutable(true)).isTrue();
    CommandResult result =
        runner.run(
            Command.of("sh", "-c", "echo $$; exec \"$1\"", "sh", OVERC.toString())
                .environment("JAVA_HOME", directory.toString())
                .build());
    List<String> pids = result.lines().toList();
    assertThat(pids).as("the process before and after").hasSize(2);
    assertThat(pids.get(1)).isEqualTo(pids.get(0));
  }

  @Test
  @DisplayName("says what to run when nothing is built")
  void notBuilt(@TempDir Path directory) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("examples/bin"));
    Path console = Files.createDirectories(directory.resolve("examples/console"));
    Files.copy(OVERC, bin.resolve("overc"));
    Files.copy(OVERC.resolve("../../console/launch.sh").normalize(), console.resolve("launch.sh"));
    CommandResult result = runner.run(Command.of(bin.resolve("overc").toString()).build());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr())
        .contains("overc: not built yet")
        .contains("(cd '" + directory.toRealPath() + "' && mvn -q package -DskipTests)");
  }
}
