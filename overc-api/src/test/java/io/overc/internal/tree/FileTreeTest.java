package io.overc.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.internal.linux.RawPath;
import io.overc.internal.time.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A tree")
class FileTreeTest {
  private static final int LEVELS = 2000;
  private static final int MEGABYTE = 1 << 20;

  @TempDir private Path work = Path.of("unset");
  private Path root = Path.of("unset");
  private Path copy = Path.of("unset");

  @BeforeEach
  void namePaths() {
    root = work.resolve("root");
    copy = work.resolve("copy");
  }

  @Test
  @DisplayName("of 2,000 levels is copied, measured, changed and deleted with few open files")
  void deep() throws IOException {
    Trees.deep(root, LEVELS);
    FileTree.at(root).copyTo(copy);
    long[] most = {0};
    FileTree.at(copy)
        .walk(
            entry -> {
              if (entry.path().getNameCount() % 500 == 0) {
                most[0] = Math.max(most[0], openFiles());
              }
              return true;
            });
    assertThat(most[0]).isPositive().isLessThan(50);
    assertThat(FileTree.at(copy).size().entries()).isEqualTo(2 * LEVELS + 1);
    FileTree.at(copy).changeMode(mode -> mode & 0500);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("r-x------");
    FileTree.at(copy).delete();
    FileTree.at(root).delete();
    assertThat(root).doesNotExist();
    assertThat(copy).doesNotExist();
    assertThat(openFiles()).isZero();
  }

  /** Counts what is open below the work directory. */
  private long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(Files::isSymbolicLink).filter(this::isHere).count();
    }
  }

  private boolean isHere(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(work);
    } catch (IOException e) {
      // A path beyond the kernel's limit cannot be read either.
      return String.valueOf(e.getMessage()).contains("too long");
    }
  }

  @Test
  @DisplayName("is deleted with links in it, which lead nowhere, or not at all if it is missing")
  void links() throws IOException {
    Path outside = Files.createDirectories(work.resolve("outside"));
    Files.createFile(outside.resolve("precious"));
    Files.createDirectories(root.resolve("below"));
    Files.createSymbolicLink(root.resolve("below/link"), outside);
    FileTree.at(root).delete();
    assertThat(root).doesNotExist();
    Files.createSymbolicLink(root, outside);
    FileTree.at(root).delete();
    assertThat(root).doesNotExist();
    FileTree.at(root).delete();
    FileTree.at(root.resolve("in/what/is/missing")).delete();
    assertThat(outside.resolve("precious")).exists();
  }

  @Test
  @DisplayName("may have names of any bytes, which errors show escaped")
  void names() throws IOException {
    Files.createDirectory(root);
    for (int i = 0x80; i <= 0xff; i++) {
      Path directory = RawPath.resolve(root, new byte[] {(byte) i, '\n'});
      Files.createDirectory(directory);
      Files.writeString(RawPath.resolve(directory, new byte[] {(byte) i}), "content");
    }
    FileTree.at(root).copyTo(copy);
    List<String> paths = paths(root);
    assertThat(paths(copy)).isEqualTo(paths).hasSize(2 * 128 + 1);
    Path last = RawPath.resolve(root, new byte[] {(byte) 0xff, '\n'});
    assertThatThrownBy(
            () ->
                FileTree.at(root)
                    .walk(
                        entry -> {
                          if (root.resolve(entry.path()).equals(last)) {
                            Thread.currentThread().interrupt();
                          }
                          return true;
                        }))
        .isInstanceOf(InterruptedOperationException.class)
        .hasMessageContaining("%FF%0A");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static List<String> paths(Path root) throws IOException {
    List<String> paths = new ArrayList<>();
    FileTree.at(root)
        .walk(
            entry -> {
              paths.add(RawPath.encode(entry.path()));
              return true;
            });
    return paths;
  }

  @Test
  @DisplayName("is copied with its holes")
  void holes() throws IOException {
    Files.createDirectory(root);
    try (FileChannel file = channel(root.resolve("sparse"))) {
      file.write(ByteBuffer.wrap(new byte[] {1}), 5L * MEGABYTE);
      file.write(ByteBuffer.wrap(new byte[] {2}), 900L * MEGABYTE);
      file.truncate(900L * MEGABYTE + 1);
    }
    FileTree.at(root).fullCopy().copyTo(copy);
    assertThat(Files.mismatch(root.resolve("sparse"), copy.resolve("sparse"))).isEqualTo(-1);
    assertThat(FileTree.at(copy).size().allocated()).isLessThan(MEGABYTE);
    assertThat(FileTree.at(copy).size().bytes()).isEqualTo(900L * MEGABYTE + 1);
  }

  private static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private void writeLarge(int megabytes) throws IOException {
    Files.createDirectory(root);
    ByteBuffer block = ByteBuffer.allocate(MEGABYTE);
    try (FileChannel file = channel(root.resolve("large"))) {
      for (int i = 0; i < megabytes; i++) {
        file.write(block.clear());
      }
    }
  }

  @Test
  @DisplayName("is not copied further once the thread is interrupted in the middle of a file")
  void interrupted() throws IOException {
    writeLarge(200);
    for (TreeCopyTest.Kind kind : TreeCopyTest.Kind.values()) {
      Interruption interruption = Interruption.ofThisThreadOnce(copy.resolve("large"));
      try {
        assertThatThrownBy(() -> kind.at(root).fullCopy().copyTo(copy))
            .isInstanceOf(InterruptedOperationException.class)
            .hasMessageContaining(root.resolve("large").toString());
        assertThat(interruption.millisAgo()).isLessThan(1000);
      } finally {
        assertThat(Thread.interrupted()).as("interrupt flag, %s", kind).isTrue();
      }
      assertThat(copy).doesNotExist();
    }
  }

  @Test
  @DisplayName("is not copied, walked or deleted beyond a deadline")
  void deadline() throws IOException {
    writeLarge(200);
    Duration limit = Duration.ofMillis(20);
    for (TreeCopyTest.Kind kind : TreeCopyTest.Kind.values()) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> within(limit, () -> kind.at(root).fullCopy().copyTo(copy)))
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageStartingWith("The deadline passed while copying " + root);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(copy).doesNotExist();
      assertThatThrownBy(() -> within(Duration.ZERO, () -> kind.at(root).delete()))
          .hasMessageContaining("deadline passed while deleting " + root);
      assertThatThrownBy(() -> within(Duration.ZERO, () -> kind.at(root).walk(entry -> true)))
          .hasMessageContaining("deadline passed while reading " + root);
      assertThat(root.resolve("large")).exists();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  @SuppressWarnings("try") // held, not used
  private static void within(Duration limit, Work work) throws IOException {
    try (Cancellation time = Cancellation.begin(limit)) {
      work.run();
    }
  }

  @Test
  @DisplayName("gets other modes, without its links' targets")
  void modes() throws IOException {
    Path outside = Files.createFile(work.resolve("outside"));
    Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-------"));
    Files.createDirectories(root.resolve("below"));
    Files.createFile(root.resolve("below/file"));
    Files.createSymbolicLink(root.resolve("link"), outside);
    FileTree.at(root).changeMode(mode -> 0751);
    for (Path each : List.of(root, root.resolve("below"), root.resolve("below/file"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rwxr-x--x");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(outside)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> FileTree.at(work.resolve("gone")).changeMode(mode -> 0))
        .hasMessageContaining(work.resolve("gone").toString());
  }

  @Test
  @DisplayName("is measured with every file counted once, whatever its names")
  void size() throws IOException {
    Files.createDirectory(root);
    Files.writeString(root.resolve("file"), "content");
    Files.createLink(root.resolve("hard"), root.resolve("file"));
    Files.createSymbolicLink(root.resolve("link"), Path.of("file"));
    FileTree.Size size = FileTree.at(root).size();
    assertThat(size.entries()).isEqualTo(3);
    assertThat(size.bytes()).isEqualTo(7);
    assertThat(FileTree.at(root).portable().size().entries()).isEqualTo(3);
    assertThat(Files.exists(root.resolve("link"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }
}
