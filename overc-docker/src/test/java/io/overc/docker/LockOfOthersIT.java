package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.internal.lock.HeldLock;
import io.overc.testkit.Real;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the locks of root and of another user")
class LockOfOthersIT {
  private static final String NOBODY = "65534";

  @TempDir Path directory;

  private final String container = "web-" + UUID.randomUUID();

  @BeforeEach
  void needsRoot() throws IOException {
    Real.root();
    Real.tools("setpriv", "sh", "cp", "chmod", "env");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static CommandResult asNobody(List<String> command) {
    return CommandRunner.system()
        .run(
            Command.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups")
                .arguments(command)
                .build());
  }

  private static DockerBackend backend() {
    return new DockerBackend(DockerSnapshotStore.builder());
  }

  /** What this JVM reads may be closed to others, such as the repository in the home of root. */
  private String readableClassPath() {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
        Path copy = directory.resolve(copies.size() + "-" + Path.of(entry).getFileName());
        CommandRunner.system()
            .run(Command.of("cp", "-R", entry, copy.toString()).build())
            .orThrow("copy the class path");
        copies.add(copy.toString());
      }
    }
    CommandRunner.system()
        .run(Command.of("chmod", "-R", "a+rX", directory.toString()).build())
        .orThrow("open the class path");
    return String.join(File.pathSeparator, copies);
  }

  private CommandResult lockAsNobody(String classPath, Path home) {
    return asNobody(
        List.of(
            "env",
            "--unset=XDG_RUNTIME_DIR",
            "HOME=" + home,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-Duser.home=" + home,
            "-Djava.io.tmpdir=" + home,
            "-cp",
            classPath,
            LockMain.class.getName(),
            "",
            container));
  }

  @Test
  @DisplayName("are apart: neither opens, blocks nor breaks those of the other")
  void apart() throws IOException {
    Path home = Files.createDirectory(directory.resolve("home"));
    Files.setAttribute(home, "unix:uid", Integer.parseInt(NOBODY));
    Path file = backend().locks().file("container", container);
    Path locks = file.resolveSibling(".").normalize();
    assertThat(Files.getAttribute(locks, "unix:uid", LinkOption.NOFOLLOW_LINKS)).isEqualTo(0);
    assertThat(Files.getPosixFilePermissions(locks, LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    try (HeldLock held = LockMain.lock(backend(), container)) {
      assertThat(held).isNotNull();
      for (String attempt : List.of("exec 9<", "exec 9>>", "rm ", "mkfifo ", "ln -s /etc/x ")) {
        String name = attempt.startsWith("exec") || attempt.startsWith("rm") ? "" : "x";
        assertThat(asNobody(List.of("sh", "-c", attempt + file + name)).succeeded())
            .as(attempt)
            .isFalse();
      }
      CommandResult other = lockAsNobody(readableClassPath(), home);
      assertThat(other.stdout()).as(other.stderr()).startsWith("took");
    }
    assertThat(home.resolve(".cache/overc/lock")).isDirectory();
    assertThat(Files.getPosixFilePermissions(home.resolve(".cache/overc/lock")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }
}
