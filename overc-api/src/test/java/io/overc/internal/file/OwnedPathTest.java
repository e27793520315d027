package io.overc.internal.file;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overc.error.RefusedException;
import io.overc.internal.linux.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnedPathTest {
  private static final int NOBODY = 65534;

  @TempDir private Path top;
  private Path inner;

  @BeforeEach
  void create() throws IOException {
    assumeTrue(Libc.available() && Libc.geteuid() == 0, "only root can be led astray");
    inner = Files.createDirectories(top.resolve("a/b"));
  }

  private static void refused(Path path, String why) {
    assertThatThrownBy(() -> OwnedPath.requireAsRoot(path))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(why)
        .hasMessageContaining("as that user");
  }

  private static void fine(Path path) {
    assertThatCode(() -> OwnedPath.requireAsRoot(path)).doesNotThrowAnyException();
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void give(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", NOBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  @DisplayName("what belongs to root from the top down is fine, missing or in a sticky place")
  void own() {
    fine(inner);
    fine(inner.resolve("missing/too"));
    fine(inner.resolve("../b/./../b"));
    fine(Path.of("/"));
  }

  @Test
  @DisplayName("a directory of another user, or below one, is refused with who that is")
  void owners() throws IOException {
    give(inner);
    refused(inner, inner + " belongs to user 65534");
    refused(inner.resolve("c"), inner + " belongs to user 65534");
    give(top.resolve("a"));
    refused(inner, top.resolve("a") + " belongs to user 65534");
  }

  @Test
  @DisplayName("a directory that others may write to is refused, and the last one if it is sticky")
  void modes() throws IOException {
    mode(top.resolve("a"), "rwxrwxrwx");
    refused(inner, top.resolve("a") + " may be changed by every user");
    Files.setAttribute(top.resolve("a"), "unix:mode", 01777);
    fine(inner);
    refused(top.resolve("a"), "every user");
    Files.setAttribute(top.resolve("a"), "unix:mode", 0770);
    fine(inner);
    Files.setAttribute(top.resolve("a"), "unix:gid", 100_000);
    refused(inner, "the group 100000");
  }

  @Test
  @DisplayName("links are followed one by one, and each step is looked at")
  void links() throws IOException {
    Path other = Files.createDirectory(top.resolve("other"));
    give(other);
    Path link = Files.createSymbolicLink(top.resolve("link"), Path.of("a/b"));
    fine(link);
    give(link);
    refused(link, link + " belongs to user 65534");
    Files.createDirectory(other.resolve("ours"));
    Path through = Files.createSymbolicLink(top.resolve("through"), other.resolve("ours"));
    refused(through, other + " belongs to user 65534");
    Path up = Files.createSymbolicLink(inner.resolve("up"), Path.of("../../other"));
    refused(up.resolve("ours"), other + " belongs to user 65534");
    Path loop = Files.createSymbolicLink(top.resolve("loop"), Path.of("loop"));
    refused(loop, "too many");
  }
}
