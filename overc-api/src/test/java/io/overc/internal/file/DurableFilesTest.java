package io.overc.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  @TempDir Path directory;

  @Test
  @DisplayName("a new file is 0644, one that is replaced keeps its mode; nothing else is left")
  void modes() throws IOException {
    Path file = directory.resolve("file");
    DurableFiles.write(file, "one");
    assertThat(mode(file)).isEqualTo("rw-r--r--");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    DurableFiles.write(file, "t\u00fco");
    DurableFiles.writeBeforeCommit(file, "three".getBytes(StandardCharsets.UTF_8));
    DurableFiles.note(file, "four".getBytes(StandardCharsets.UTF_8));
    assertThat(mode(file)).isEqualTo("rw-r-----");
    assertThat(file).hasContent("four");
    assertThat(directory.toFile().list()).containsExactly("file");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  @DisplayName("a file that is replaced keeps its owner")
  void owner() throws IOException {
    assumeTrue(Libc.available() && Libc.geteuid() == 0, "needs root");
    Path file = Files.writeString(directory.resolve("file"), "one");
    assertThat(Libc.fchownat(Libc.AT_FDCWD, RawPath.terminated(file), 1234, 2345, 0)).isZero();
    DurableFiles.write(file, "two");
    FileStatus status = FileStatus.of(file);
    assertThat(status.owner()).isEqualTo(1234);
    assertThat(status.group()).isEqualTo(2345);
  }

  @Test
  @DisplayName("a link is replaced, not written through")
  void link() throws IOException {
    Path target = Files.writeString(directory.resolve("target"), "precious");
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);
    DurableFiles.write(link, "new");
    assertThat(target).hasContent("precious");
    assertThat(link).isRegularFile().hasContent("new");
  }

  @Test
  @DisplayName("what cannot be written leaves nothing beside it")
  void failure() throws IOException {
    Path file = Files.createDirectory(directory.resolve("file"));
    Files.createFile(file.resolve("full"));
    assertThatThrownBy(() -> DurableFiles.write(file, "text")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> DurableFiles.copy(directory.resolve("no"), directory.resolve("to")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(directory.toFile().list()).containsExactly("file");
  }

  @Test
  @DisplayName("copies, renames, deletes and syncs")
  void others() throws IOException {
    exercise(directory);
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      exercise(Files.createDirectory(memory.getPath("/d")));
    }
  }

  private static void exercise(Path directory) throws IOException {
    Path file = directory.resolve("file");
    Path copy = directory.resolve("copy");
    DurableFiles.write(file, "text");
    DurableFiles.write(copy, "old");
    DurableFiles.copy(file, copy);
    assertThat(Files.readString(copy)).isEqualTo("text");
    DurableFiles.rename(copy, directory.resolve("renamed"));
    assertThat(DurableFiles.delete(directory.resolve("renamed"))).isTrue();
    assertThat(DurableFiles.delete(directory.resolve("renamed"))).isFalse();
    DurableFiles.sync(file);
    DurableFiles.syncDirectory(directory);
    DurableFiles.syncFileSystem(directory);
    assertThatThrownBy(() -> DurableFiles.sync(copy)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  @DisplayName("without the C library an interrupt does not stop a sync, and stays set")
  void interruptedSync() throws IOException {
    Thread.currentThread().interrupt();
    DurableFiles.forceByChannel(directory);
    assertThat(Thread.interrupted()).isTrue();
    DurableFiles.forceByChannel(directory);
    assertThat(Thread.interrupted()).isFalse();
  }
}
