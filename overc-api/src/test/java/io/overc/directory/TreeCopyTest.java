package io.overc.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.RefusedException;
import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a copy keeps, with cp and with Java alone. */
class TreeCopyTest {
  private static final FileTime OLD = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

  @TempDir private Path directory = Path.of("unset");

  enum Kind {
    CP,
    JAVA
  }

  private static TreeCopy copy(Kind kind) {
    return kind == Kind.CP
        ? new CpTreeCopy(CommandRunner.system(), Duration.ofMinutes(1))
        : new PlainTreeCopy();
  }

  private Path from() {
    return directory.resolve("from");
  }

  private Path to() {
    return directory.resolve("to");
  }

  @BeforeEach
  void makeTree() throws IOException {
    Path locked = Files.createDirectories(from().resolve("a b/-locked"));
    Path file = Files.writeString(locked.resolve("file"), "content");
    Files.createLink(from().resolve("hard"), file);
    Files.createSymbolicLink(from().resolve("dangling"), Path.of("../no where"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    Files.setLastModifiedTime(file, OLD);
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-x--x"));
    Files.setLastModifiedTime(locked, OLD);
    Files.setLastModifiedTime(from(), OLD);
  }

  @AfterEach
  void unlock() throws IOException {
    TreeRemoval.remove(from());
    TreeRemoval.remove(to());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("content, mode, times, dangling links and hard links are kept")
  void keeps(Kind kind) throws IOException {
    copy(kind).copy(from(), to(), true);
    Path locked = to().resolve("a b/-locked");
    Path file = locked.resolve("file");
    assertThat(file).hasContent("content");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("r--r-----");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(locked)))
        .isEqualTo("r-xr-x--x");
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(OLD);
    assertThat(Files.getLastModifiedTime(locked)).isEqualTo(OLD);
    assertThat(Files.getLastModifiedTime(to())).isEqualTo(OLD);
    assertThat(Files.readSymbolicLink(to().resolve("dangling"))).isEqualTo(Path.of("../no where"));
    assertThat(Files.isSameFile(file, to().resolve("hard"))).isTrue();
    assertThat(Files.isSameFile(file, from().resolve("hard"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("root keeps the owner")
  void keepsOwner(Kind kind) throws IOException {
    Real.root();
    Path file = from().resolve("hard");
    Files.setAttribute(file, "unix:uid", 1234);
    Files.setAttribute(file, "unix:gid", 2345);
    copy(kind).copy(from(), to(), false);
    assertThat(Files.getAttribute(to().resolve("hard"), "unix:uid")).isEqualTo(1234);
    assertThat(Files.getAttribute(to().resolve("hard"), "unix:gid")).isEqualTo(2345);
  }

  @Test
  @DisplayName("a pipe is copied with cp and refused with Java alone")
  void pipes() throws IOException {
    Path pipe = from().resolve("pipe");
    CommandRunner.system().run(Command.of("mkfifo").argument(pipe).build()).orThrow("make a pipe");
    assertThatThrownBy(() -> copy(Kind.JAVA).copy(from(), to(), true))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(pipe + " is a device, a pipe or a socket");
    TreeRemoval.remove(to());
    copy(Kind.CP).copy(from(), to(), true);
    assertThat(Files.exists(to().resolve("pipe"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  @DisplayName("removal does not follow links")
  void removalDoesNotFollow() throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.createFile(outside.resolve("precious"));
    Files.createSymbolicLink(from().resolve("link"), outside);
    TreeRemoval.remove(from());
    assertThat(from()).doesNotExist();
    assertThat(outside.resolve("precious")).exists();
  }
}
