package io.overc.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibcTest {
  @TempDir Path directory;

  @BeforeEach
  void onLinux() {
    assumeTrue(Libc.available());
  }

  @Test
  @DisplayName("a path beneath a directory is opened, and no link on the way to it is followed")
  void openBeneath() throws IOException {
    Files.createDirectory(directory.resolve("real"));
    Files.writeString(directory.resolve("real/file"), "content");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));
    int top = open(directory, OpenFlags.DIRECTORY);
    NativeBuffer how = new NativeBuffer(24);
    how.bytes().putLong(0, OpenFlags.CLOEXEC);
    how.bytes().putLong(16, Libc.RESOLVE_BENEATH | Libc.RESOLVE_NO_SYMLINKS);
    int file = Libc.openat2(top, terminated("real/file"), how.address());
    assertThat(file).isPositive();
    NativeBuffer content = new NativeBuffer(64);
    assertThat(Libc.pread(file, content.address(), content.size(), 0)).isEqualTo(7);
    assertThat(content.copy(0, 7)).asString().isEqualTo("content");
    assertThat(Libc.openat2(top, terminated("link/file"), how.address())).isNegative();
    assertThat(Errno.last()).isEqualTo(Errno.ELOOP);
    assertThat(Libc.openat2(top, terminated("../x"), how.address())).isNegative();
    assertThat(Errno.last()).isEqualTo(Errno.EXDEV);
    Libc.close(file);
    Libc.close(top);
  }

  @Test
  @DisplayName("calls for which there is a number instead of a function")
  void numbers() throws IOException {
    int top = open(directory, OpenFlags.DIRECTORY);
    assertThat(Libc.mknodat(top, terminated("fifo"), 0010600, 0)).isZero();
    assertThat(Files.readAttributes(directory.resolve("fifo"), "*").get("isOther")).isEqualTo(true);
    NativeBuffer entries = new NativeBuffer(4096);
    assertThat(Libc.getdents64(top, entries.address(), entries.size())).isPositive();
    Libc.close(top);
  }

  @Test
  @DisplayName("an error becomes the exception that the JDK has for it, naming file and reason")
  void failures() {
    Path file = Path.of("/some/file");
    assertThat(Libc.openat(Libc.AT_FDCWD, terminated("/does/not/exist"), 0, 0)).isNegative();
    assertThat(Errno.failure("open", file))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("/some/file")
        .hasMessageContaining("cannot open: ");
    assertThat(Errno.failure(Errno.EEXIST, "make", file, null))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Errno.failure(Errno.EACCES, "open", file, null))
        .isInstanceOf(AccessDeniedException.class);
    assertThat(Errno.failure(Errno.EXDEV, "rename", file, Path.of("/other")))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessageContaining("/some/file -> /other");
  }

  private static int open(Path path, int flags) {
    int descriptor =
        Libc.openat(Libc.AT_FDCWD, RawPath.terminated(path), flags | OpenFlags.CLOEXEC, 0);
    assertThat(descriptor).isPositive();
    return descriptor;
  }

  private static byte[] terminated(String path) {
    return RawPath.terminated(Path.of(path));
  }
}
