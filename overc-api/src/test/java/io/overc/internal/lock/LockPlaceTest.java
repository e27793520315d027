package io.overc.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overc.error.RefusedException;
import io.overc.internal.file.Owners;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.RawPath;
import io.overc.testkit.LockChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LockPlaceTest {
  private static final int NOBODY = 65534;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void onLinux() {
    assumeTrue(Libc.available());
    file = directory.resolve("lock");
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> LockFile.at(file, "The thing").take("copy"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }

  @Test
  @DisplayName("a FIFO is refused, not waited for")
  void fifo() {
    assertThat(Libc.mknodat(Libc.AT_FDCWD, RawPath.terminated(file), 0010600, 0)).isZero();
    assertRefused("a FIFO is there");
  }

  @Test
  @DisplayName("a symbolic link is not followed, be it to a file or to nothing")
  void link() throws IOException {
    Path target = directory.resolve("target");
    Files.createSymbolicLink(file, target);
    assertRefused("a symbolic link is there");
    assertThat(target).doesNotExist();
    Files.writeString(target, "precious");
    assertRefused("a symbolic link is there");
    assertThat(target).hasContent("precious");
  }

  @Test
  @DisplayName("a directory is refused")
  void directoryThere() throws IOException {
    Files.createDirectory(file);
    assertRefused("a directory is there");
  }

  @Test
  @DisplayName("a file that has another name is not written to")
  void hardLink() throws IOException {
    Path other = Files.writeString(directory.resolve("other"), "precious");
    Files.createLink(file, other);
    assertRefused("another name");
    assertThat(other).hasContent("precious");
  }

  @Test
  @DisplayName("a file of another user is refused, but not that of the directory's owner")
  void foreign() throws IOException {
    assumeTrue(Libc.geteuid() == 0, "needs root");
    Files.writeString(file, "precious");
    own(file);
    assertRefused("belongs to user " + NOBODY);
    assertThat(file).hasContent("precious");
    own(directory);
    LockFile.at(file, "The thing").take("copy").close();
  }

  private static void own(Path path) {
    assertThat(Libc.fchownat(Libc.AT_FDCWD, RawPath.terminated(path), NOBODY, NOBODY, 0)).isZero();
  }

  @Test
  @DisplayName("the directory of all locks is for its owner only; links and open ones are refused")
  void lockDirectory() throws IOException {
    LockFile lock = LockDirectory.within(directory).lock("a b", "It", "identity");
    Path made = directory.resolve("overc/lock");
    try (HeldLock held = lock.take("copy")) {
      assertThat(made).isDirectoryContaining("glob:**/a_b-????????????????????????????????");
      assertThat(LockChild.ask(lock.path())).contains(": copy");
      assertThat(held).isNotNull();
    }
    assertThat(made).isEmptyDirectory();
    assertThat(Files.getPosixFilePermissions(made))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));

    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertDirectoryRefused(directory);
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.createSymbolicLink(other.resolve("overc"), directory.resolve("overc"));
    assertDirectoryRefused(other);
  }

  @Test
  @DisplayName("a directory of another user is refused")
  void foreignDirectory() throws IOException {
    assumeTrue(Libc.geteuid() == 0, "needs root");
    own(Files.createDirectory(directory.resolve("overc")));
    assertDirectoryRefused(directory);
    assertThat(Owners.isOurs(directory.resolve("overc"))).isFalse();
    assertThat(Owners.isOurs(directory)).isTrue();
  }

  private static void assertDirectoryRefused(Path base) {
    assertThatThrownBy(() -> LockDirectory.within(base))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(base.resolve("overc").toString())
        .hasMessageContaining("writable for its owner only");
  }

  @Test
  @DisplayName("what is locked tells the locks of one directory apart")
  void identities() {
    LockDirectory locks = LockDirectory.at(directory);
    assertThat(locks.lock("web", "It", "a", "b").path())
        .isEqualTo(locks.lock("web", "It", "a", "b").path())
        .isNotEqualTo(locks.lock("web", "It", "ab").path())
        .isNotEqualTo(locks.lock("db", "It", "a", "b").path());
  }
}
