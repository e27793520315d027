package io.overc.examples.overc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.examples.console.testkit.Launcher;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The launcher, the program and the LXC backend together, on containers of busybox. */
class ContainerProgramIT {
  private static final String INIT =
      """
      #!/bin/busybox sh
      trap 'exit 0' USR1 PWR TERM
      while :; do /bin/busybox sleep 3600 & wait; done
      """;

  private final CommandRunner runner = CommandRunner.system();
  private Path directory = Path.of("");
  private Path config = Path.of("");

  @BeforeEach
  void configure() throws IOException {
    Real.root();
    Real.tools("lxc-start", "lxc-stop", "busybox", "tar");
    // Short, as the name of a container's socket has to fit 108 bytes.
    directory = Files.createTempDirectory("lxcp").toRealPath();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(directory.resolve("c"));
    Files.writeString(directory.resolve("lxc.conf"), "lxc.net.0.type = empty\n");
    config =
        Files.writeString(
            directory.resolve("overc.properties"),
            """
            lxc.path=%1$s/c
            lxc.config=%1$s/lxc.conf
            lxc.ready-settle=100ms
            template.web.backend=lxc
            template.web.image=%1$s/web.tar
            """
                .formatted(directory));
  }

  @AfterEach
  void removeContainers() {
    system("lxc-stop", "-P", directory.resolve("c").toString(), "-n", "one", "-k");
    system("rm", "-rf", "--one-file-system", directory.toString()).orThrow("clean up");
  }

  @Test
  @DisplayName("every verb, as a person types it, from the first image to the last snapshot")
  void story() throws IOException {
    assertThat(overc(3, "activate", "one", "web").stderr()).contains("send_image");
    assertThat(overc(0, "send_image", image(INIT), "web").stdout())
        .startsWith("The image of web is replaced (sha256:");
    assertThat(overc(0, "activate", "one", "web").stdout()).isEqualTo("one is active\n");
    assertThat(overc(3, "status", "one", "web").stdout()).isEqualTo("one is active\n");
    assertThat(overc(3, "activate", "one", "web").stderr()).contains("-f");
    assertThat(overc(0, "activate", "-f", "one", "web").stdout()).contains("snapshot one_0");
    assertThat(overc(0, "snapshot", "one", "web").stdout())
        .isEqualTo("one_1 is a snapshot of one\n");
    assertThat(overc(0, "list_containers", "web").stdout()).isEqualTo("one  active  web\n");
    assertThat(overc(0, "list_snapshots", "one", "web").stdout())
        .matches("(?s)one_0  .{19}  as it was before .*\none_1  .{19}\n");
    assertThat(overc(0, "rollback", "one", "web", "one_0").stdout()).contains("back at one_0");
    assertThat(overc(1, "rollback", "one", "web", "one_7").stderr()).contains("one_7");

    overc(0, "send_image", image("#!/bin/busybox false\n"), "web");
    assertThat(overc(1, "upgrade", "one", "web").stderr()).contains("the old one is back");
    assertThat(overc(3, "--json", "status", "one", "web").stdout()).contains("\"active\"");
    assertThat(overc(3, "upgrade", "one", "web", "-r").stderr()).contains("package-manager");

    assertThat(overc(0, "stop", "one", "web").stdout()).isEqualTo("one is inactive\n");
    assertThat(overc(2, "status", "one", "web").stdout()).isEqualTo("one is inactive\n");
    assertThat(overc(0, "start", "one", "web").stdout()).isEqualTo("one is active\n");
    overc(3, "delete", "one", "web");
    assertThat(overc(0, "delete", "-f", "one", "web").stdout()).isEqualTo("one is deleted\n");
    assertThat(overc(0, "delete_snapshots", "one", "web").stdout())
        .isEqualTo("Deleted 2 snapshots of one\n");
    assertThat(overc(0, "status", "one", "web").stdout()).isEqualTo("one is absent\n");
    assertThat(overc(1, "start", "one", "web").stderr()).contains("There is no container 'one'");
  }

  private String image(String init) throws IOException {
    Path root = Files.createTempDirectory(directory, "root");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String name : List.of("bin", "sbin", "dev", "proc", "sys")) {
      Files.createDirectories(root.resolve(name));
    }
    Files.copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"));
    Path program = Files.writeString(root.resolve("sbin/init"), init);
    for (Path file : List.of(program, root.resolve("bin/busybox"))) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    system("tar", "-czf", root + ".tar.gz", "-C", root.toString(), ".").orThrow("make an image");
    return root + ".tar.gz";
  }

  private CommandResult overc(int exitCode, String... arguments) {
    String overc = Launcher.path("overc").toString();
    CommandResult result =
        runner.run(
            Command.of(overc, "--config", config.toString(), "container")
                .arguments(arguments)
                .build());
    assertThat(result.exitCode())
        .as("%s printed %s%s", List.of(arguments), result.stdout(), result.stderr())
        .isEqualTo(exitCode);
    return result;
  }

  private CommandResult system(String... arguments) {
    return runner.run(Command.of(List.of(arguments)).build());
  }
}
