package io.overc.examples.svp;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.docker.testkit.TestEngine;
import io.overc.examples.console.testkit.Launcher;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("examples/bin/svp, with the sample packs on a real engine")
class SvpIT {
  private static final String PACKS =
      Path.of("..", "servicepacks").toAbsolutePath().normalize() + "/";

  private final TestEngine engine = TestEngine.shared();
  private final String id = "s" + UUID.randomUUID().toString().substring(0, 8);

  @TempDir Path directory;

  @BeforeEach
  void configure() throws IOException {
    String lines =
        engine.values().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n"));
    Files.writeString(directory.resolve("overc.properties"), lines);
  }

  @AfterEach
  void cleanUp() {
    svp("rm", id, id + "-two");
    for (String image : List.of("base", "one", "two")) {
      engine.docker("rmi", "--force", id + "/" + image);
    }
  }

  @Test
  @DisplayName("notes: build, setup, ports, run, client, extra, backup, restore, stop, start, rm")
  void notes() {
    must("build", "-b", PACKS + "notes", "-t", id + "/base");
    assertThat(must("build", "-b", PACKS + "notes", "-t", id + "/base")).contains("built before");
    CommandResult setup =
        svp("setup", "-b", PACKS + "notes", "-i", id + "/base", "-t", id + "/one")
            .orThrow("set up");
    assertThat(setup.stdout().lines())
        .hasSize(6)
        .first()
        .asString()
        .matches("NOTES_PASSWORD=[A-Za-z0-9]{24}");
    assertThat(setup.stdout()).contains("\nNOTES_HOST=%IP\n");
    String password = setup.stdout().lines().findFirst().orElseThrow().substring(15);
    assertThat(setup.stderr()).doesNotContain(password);
    assertThat(must("ports", "-b", PACKS + "notes")).isEqualTo("8080/tcp\n");

    String environment = must("run", "-i", id + "/one", "-n", id);
    assertThat(environment).containsPattern("NOTES_HOST=\\d+\\.\\d+\\.\\d+\\.\\d+\n");
    assertThat(must("env", "-c", id)).isEqualTo(environment);
    assertThat(must("client", "-c", id)).isEqualTo("Welcome to the notes.\n");
    assertThat(must("extra", "-c", id, "arguments", "a  b", "--json", "", "-c"))
        .isEqualTo("[a  b]\n[--json]\n[]\n[-c]\n");
    CommandResult wrong = svp("extra", "-c", id, "nonsense");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.stderr()).contains("there is no 'nonsense'");

    must("extra", "-c", id, "add", "todo", "write tests");
    String backup = directory.resolve("backup").toString();
    must("backup", "-c", id, "-o", backup);
    must(
        "setup", "-b", PACKS + "notes", "-i", id + "/base", "-t", id + "/two", "--restore", backup);
    must("run", "-i", id + "/two", "-n", id + "-two");
    assertThat(must("client", "-c", id + "-two", "todo.txt")).isEqualTo("write tests\n");

    must("stop", "-c", id);
    assertThat(must("ps")).containsPattern(id + "\\s+stopped\\s+-\\s+8080/tcp");
    assertThat(svp("client", "-c", id).exitCode()).isEqualTo(3);
    must("start", "-c", id);
    assertThat(must("client", "-c", id)).isEqualTo("Welcome to the notes.\n");
    assertThat(must("ps", "--json")).contains("\"name\" : \"" + id + "\"", "\"running\"");
    CommandResult removed = svp("rm", id, id + "-absent", id + "-two");
    assertThat(removed.exitCode()).isEqualTo(1);
    assertThat(removed.stdout())
        .contains("removed service " + id, "removed service " + id + "-two");
    assertThat(removed.stderr()).contains(id + "-absent");
    assertThat(svp("env", "-c", id).exitCode()).isEqualTo(1);
    assertThat(svp("env", "-c", id + "-two").exitCode()).isEqualTo(1);
  }

  @Test
  @DisplayName("counter: two components, and JSON documents")
  void counter() {
    must("build", "-b", PACKS + "counter", "-t", id + "/base");
    CommandResult setup =
        with(
                "COUNTER_TOKEN",
                "from-the-environment",
                "setup",
                "--json",
                "--secret",
                "COUNTER_TOKEN",
                "-b",
                PACKS + "counter",
                "-i",
                id + "/base",
                "-t",
                id + "/one")
            .orThrow("set up");
    assertThat(setup.stdout()).startsWith("{").contains("\"from-the-environment\"");
    must("run", "-i", id + "/one", "-n", id);
    assertThat(must("client", "-c", id)).isEqualTo("1\n");
    assertThat(must("client", "-c", id + "/front", "--json")).contains("2\\n");
    assertThat(must("ps")).contains("store=", "front=");
  }

  @Test
  @DisplayName("ps and rm remove a network and containers that a killed run left")
  void leftovers() {
    must("build", "-b", PACKS + "counter", "-t", id + "/base");
    must("setup", "-b", PACKS + "counter", "-i", id + "/base", "-t", id + "/one");
    for (String command : List.of("ps", "rm")) {
      String network =
          engine.must(
              "network",
              "create",
              "--label=io.overc.service=" + id,
              "--label=io.overc.owner=" + endedOwner(),
              id + "-killed");
      assertThat(network).isNotBlank();
      CommandResult result = svp(command).orThrow("run svp");
      assertThat(result.stdout() + result.stderr()).contains("network " + id + "-killed");
      assertThat(engine.must("network", "ls", "--format", "{{.Name}}")).doesNotContain(id);
    }
  }

  /** Names an operation as the library does: of this boot, and of a process that is gone. */
  private String endedOwner() {
    must("run", "-i", id + "/one", "-n", id);
    String label = "{{index .Config.Labels \"io.overc.owner\"}}";
    String owner = engine.must("container", "inspect", "--format", label, id + "-store");
    must("rm", id);
    return owner;
  }

  @Test
  @DisplayName("client and shell get the terminal")
  void terminal() throws IOException {
    Real.tools("script");
    must("build", "-b", PACKS + "notes", "-t", id + "/base");
    must("setup", "-b", PACKS + "notes", "-i", id + "/base", "-t", id + "/one");
    must("run", "-i", id + "/one", "-n", id);
    CommandResult shell =
        CommandRunner.system()
            .run(
                Command.of("script", "-qec", launcher() + " shell -c " + id, "/dev/null")
                    .environment("OVERC_CONFIG", directory.resolve("overc.properties").toString())
                    .input("tty; pwd; exit 5\n")
                    .build());
    assertThat(shell.stdout()).contains("/dev/pts/", "/service");
    assertThat(shell.exitCode()).isEqualTo(5);
    CommandResult piped =
        CommandRunner.system()
            .run(
                Command.of(launcher(), "shell", "-c", id)
                    .environment("OVERC_CONFIG", directory.resolve("overc.properties").toString())
                    .input("tty; echo $((6*7))\n")
                    .build());
    assertThat(piped.stdout()).contains("not a tty", "42");
  }

  @Test
  @DisplayName("what is wrong is said on standard error, with an exit code of its kind")
  void failures() {
    assertThat(svp("build", "-b", PACKS + "absent", "-t", id + "/base"))
        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(1))
        .satisfies(result -> assertThat(result.stderr()).contains("no service pack"));
    assertThat(svp("build", "-b", PACKS + "notes", "-t", "Not A Tag").exitCode()).isEqualTo(2);
    assertThat(svp("setup", "-b", PACKS + "notes").exitCode()).isEqualTo(2);
    assertThat(svp("--version").stdout()).startsWith("svp ");
    assertThat(svp("--help").stdout()).contains("build", "setup", "client", "extra");
  }

  private static String launcher() {
    return Launcher.path("svp").toString();
  }

  private String must(String... arguments) {
    return svp(arguments).orThrow("run svp " + List.of(arguments)).stdout();
  }

  private CommandResult svp(String... arguments) {
    return with("UNUSED", "", arguments);
  }

  private CommandResult with(String variable, String value, String... arguments) {
    List<String> call = new ArrayList<>(List.of(launcher()));
    call.addAll(List.of(arguments));
    return CommandRunner.system()
        .run(
            Command.of(call)
                .environment("OVERC_CONFIG", directory.resolve("overc.properties").toString())
                .environment(variable, value)
                .build());
  }
}
