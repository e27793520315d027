package io.overc.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedFilesTest {
  @TempDir Path directory;

  @Test
  @DisplayName("a file of the limit's size is read, one with a byte more is named with both sizes")
  void limit() throws IOException {
    exercise(directory);
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      exercise(Files.createDirectory(memory.getPath("/d")));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 65_535, 65_536, 65_537, 131_072})
  @DisplayName("a file of any size is read whole, and nothing of the one before")
  void sizes(int size) throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[] {1, 2, 3});
    assertThat(BoundedFiles.read(file, 3)).containsExactly(1, 2, 3);
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Files.write(file, content);
    assertThat(BoundedFiles.read(file, size)).isEqualTo(content);
    assertThat(BoundedFiles.read(Path.of("/proc/self/status"), 1 << 20)).isNotEmpty();
  }

  private static void exercise(Path directory) throws IOException {
    Path file = directory.resolve("file");
    byte[] content = new byte[200_000];
    content[150_000] = (byte) 0xff;
    Files.write(file, content);
    assertThat(BoundedFiles.read(file, content.length)).isEqualTo(content);
    assertThatThrownBy(() -> BoundedFiles.read(file, 199_999))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("200000 bytes")
        .hasMessageContaining("199999");
    assertThatThrownBy(() -> BoundedFiles.read(directory, 10))
        .hasMessageContaining(directory.toString());
    assertThatThrownBy(() -> BoundedFiles.read(directory.resolve("no"), 10))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(BoundedFiles.readIfExists(directory.resolve("no"), 10)).isEmpty();
  }

  @Test
  @Timeout(30)
  @DisplayName("a FIFO and a device are refused, not waited for")
  void fifo() {
    assumeTrue(Libc.available());
    Path fifo = directory.resolve("fifo");
    assertThat(Libc.mknodat(Libc.AT_FDCWD, RawPath.terminated(fifo), 0010600, 0)).isZero();
    assertThatThrownBy(() -> BoundedFiles.read(fifo, 10)).hasMessageContaining("it is a FIFO");
    assertThatThrownBy(() -> BoundedFiles.read(Path.of("/dev/zero"), 10))
        .hasMessageContaining("/dev/zero")
        .hasMessageContaining("it is a device");
  }

  @Test
  @DisplayName("a link is followed unless that is not wanted")
  void link() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "text");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    assertThat(BoundedFiles.utf8(link, 10)).isEqualTo("text");
    assertThatThrownBy(() -> BoundedFiles.utf8(link, 10, LinkOption.NOFOLLOW_LINKS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(link.toString());
  }

  @Test
  @DisplayName("files of the kernel, which say that they are empty, are read whole")
  void kernel() throws IOException {
    assumeTrue(Libc.available());
    assertThat(BoundedFiles.lines(Path.of("/proc/self/mountinfo"), 16 << 20)).isNotEmpty();
    assertThatThrownBy(() -> BoundedFiles.lines(Path.of("/proc/self/mountinfo"), 20))
        .hasMessageContaining("more than the 20");
  }

  @Test
  @DisplayName("only a line feed ends a line, and every byte is one character")
  void lines() throws IOException {
    Path file = directory.resolve("file");
    Files.write(file, new byte[] {'a', (byte) 0x85, '\r', '\n', '\n', (byte) 0xff, '\n'});
    assertThat(BoundedFiles.lines(file, 100)).containsExactly("a\u0085\r", "", "\u00ff");
    Files.write(file, new byte[0]);
    assertThat(BoundedFiles.lines(file, 100)).isEmpty();
  }
}
