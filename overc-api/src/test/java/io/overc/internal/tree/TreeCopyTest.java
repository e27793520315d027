package io.overc.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A copy of a tree, by the C library and with the JDK alone,")
class TreeCopyTest {
  private static final FileTime OLD = FileTime.from(Instant.parse("2001-02-03T04:05:06.7Z"));

  @TempDir private Path directory = Path.of("unset");

  enum Kind {
    LINUX,
    PORTABLE;

    FileTree at(Path root) {
      return this == LINUX ? FileTree.at(root) : FileTree.at(root).portable();
    }
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
    FileTree.at(from()).delete();
    FileTree.at(to()).delete();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("keeps content, mode, times, dangling links and hard links")
  void keeps(Kind kind) throws IOException {
    kind.at(from()).copyTo(to());
    Path locked = to().resolve("a b/-locked");
    Path file = locked.resolve("file");
    assertThat(file).hasContent("content");
    assertThat(permissions(file)).isEqualTo("r--r-----");
    assertThat(permissions(locked)).isEqualTo("r-xr-x--x");
    assertThat(permissions(to())).isEqualTo(permissions(from()));
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(OLD);
    assertThat(Files.getLastModifiedTime(locked)).isEqualTo(OLD);
    assertThat(Files.getLastModifiedTime(to())).isEqualTo(OLD);
    assertThat(Files.readSymbolicLink(to().resolve("dangling"))).isEqualTo(Path.of("../no where"));
    assertThat(Files.isSameFile(file, to().resolve("hard"))).isTrue();
    assertThat(Files.isSameFile(file, from().resolve("hard"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("keeps the owner if root makes it")
  void keepsOwner(Kind kind) throws IOException {
    Real.root();
    Path file = from().resolve("hard");
    Files.setAttribute(file, "unix:uid", 1234);
    Files.setAttribute(file, "unix:gid", 2345);
    kind.at(from()).fullCopy().copyTo(to());
    assertThat(Files.getAttribute(to().resolve("hard"), "unix:uid")).isEqualTo(1234);
    assertThat(Files.getAttribute(to().resolve("hard"), "unix:gid")).isEqualTo(2345);
  }

  @Test
  @DisplayName("has the pipes too, or none is made where the JDK cannot")
  void pipes() throws IOException {
    Path pipe = from().resolve("pipe");
    CommandRunner.system().run(Command.of("mkfifo").argument(pipe).build()).orThrow("make a pipe");
    assertThatThrownBy(() -> Kind.PORTABLE.at(from()).copyTo(to()))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(pipe + ": cannot copy a device, a pipe or a socket");
    assertThat(to()).doesNotExist();
    Kind.LINUX.at(from()).copyTo(to());
    assertThat(Files.exists(to().resolve("pipe"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("may be of a single file or link")
  void single(Kind kind) throws IOException {
    kind.at(from().resolve("hard")).copyTo(to());
    assertThat(to()).hasContent("content");
    assertThat(permissions(to())).isEqualTo("r--r-----");
    kind.at(to()).delete();
    kind.at(from().resolve("dangling")).copyTo(to());
    assertThat(Files.readSymbolicLink(to())).isEqualTo(Path.of("../no where"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("replaces nothing, and says what is missing")
  void replacesNothing(Kind kind) throws IOException {
    Files.createSymbolicLink(to(), Path.of("elsewhere"));
    assertThatThrownBy(() -> kind.at(from()).copyTo(to()))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining(to().toString());
    assertThat(Files.isSymbolicLink(to())).isTrue();
    Path gone = directory.resolve("gone");
    assertThatThrownBy(() -> kind.at(gone).copyTo(directory.resolve("copy")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(gone.toString());
    assertThatThrownBy(() -> kind.at(from()).copyTo(gone.resolve("copy")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(gone.toString());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("does not copy itself, and leaves nothing of the attempt")
  void intoItself(Kind kind) throws IOException {
    Path inside = from().resolve("a b/copy");
    assertThatThrownBy(() -> kind.at(from()).copyTo(inside))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(inside + ": cannot copy: the copy itself is in the tree");
    assertThat(inside).doesNotExist();
    assertThat(from().resolve("hard")).hasContent("content");
  }

  @Test
  @DisplayName("works in memory, with and without descriptors of directories")
  void inMemory() throws IOException {
    Configuration unix = Configuration.unix();
    for (Configuration each :
        new Configuration[] {
          unix, unix.toBuilder().setSupportedFeatures(Feature.LINKS, Feature.SYMBOLIC_LINKS).build()
        }) {
      try (FileSystem memory = Jimfs.newFileSystem(each)) {
        Path tree = memory.getPath("/work/tree");
        Files.createDirectories(tree.resolve("below"));
        Files.writeString(tree.resolve("below/file"), "content");
        Files.createLink(tree.resolve("hard"), tree.resolve("below/file"));
        Files.createSymbolicLink(tree.resolve("link"), memory.getPath("below"));
        FileTree.at(tree).copyTo(memory.getPath("/work/copy"));
        FileTree.at(tree).delete();
        assertThat(tree).doesNotExist();
        Path copy = memory.getPath("/work/copy");
        assertThat(copy.resolve("below/file")).hasContent("content");
        assertThat(Files.isSameFile(copy.resolve("below/file"), copy.resolve("hard"))).isTrue();
        assertThat(Files.readSymbolicLink(copy.resolve("link"))).hasToString("below");
        assertThat(FileTree.at(copy).size()).isEqualTo(new FileTree.Size(4, 7, 7));
      }
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
