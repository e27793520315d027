package io.overc.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.internal.compare.Visitor.Mask;
import io.overc.internal.compare.Visitor.Obstacle;
import io.overc.internal.compare.Visitor.Reason;
import io.overc.internal.compare.Visitor.Shared;
import io.overc.internal.linux.RawPath;
import io.overc.testkit.Nodes;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A comparison")
class ComparisonTest {
  private static final Path FILE = Path.of("file");

  @TempDir private Path work = Path.of("");
  private Path container = Path.of("");
  private Path first = Path.of("");
  private Path second = Path.of("");

  @BeforeEach
  void createDirectories() throws IOException {
    container = Files.createDirectory(work.resolve("container"));
    first = Files.createDirectory(work.resolve("first"));
    second = Files.createDirectory(work.resolve("second"));
  }

  @Test
  @DisplayName("shares what is identical, whenever it was modified, and says what it was")
  void identical() throws IOException {
    Files.writeString(container.resolve("file"), "text");
    Files.writeString(second.resolve("file"), "text");
    Files.setLastModifiedTime(second.resolve("file"), FileTime.fromMillis(0));
    Shared shared = compare().shared.values().iterator().next();
    assertThat(shared.path()).isEqualTo(FILE);
    assertThat(shared.size()).isEqualTo(4);
    assertThat(shared.allocated()).isNotNegative();
    assertThat(shared.source()).isEqualTo(1);
    assertThat(Stamp.of(container.resolve("file"))).contains(shared.stamp());
    assertThat(Stamp.of(second.resolve("file"))).contains(shared.provider());
    assertThat(shared.provider().modified()).isZero();
    Files.writeString(second.resolve("file"), "new!");
    assertThat(Stamp.of(second.resolve("file"))).isPresent().get().isNotEqualTo(shared.provider());
    assertThat(Stamp.of(work.resolve("gone"))).isEmpty();
  }

  @Test
  @DisplayName("compares with the first source that has the path, not with any")
  void firstSourceCounts() throws IOException {
    write("Y", container);
    write("X", first);
    write("Y", second);
    assertThat(compare().kept).isEqualTo(Map.of(FILE, Reason.CONTENT));
  }

  @Test
  @DisplayName("keeps a file of another mode, length or content")
  void differentFiles() throws IOException {
    write("text", container, first);
    Files.setPosixFilePermissions(
        first.resolve("file"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertReason(Reason.MODE);
    Files.delete(first.resolve("file"));
    write("longer", first);
    assertReason(Reason.CONTENT);
    byte[] large = new byte[1_000_000];
    Files.write(container.resolve("file"), large);
    Files.write(first.resolve("file"), large);
    assertThat(compare().shared).containsOnlyKeys(FILE);
    large[large.length - 1] = 1;
    Files.write(first.resolve("file"), large);
    assertReason(Reason.CONTENT);
  }

  @Test
  @DisplayName("does not read holes, and finds what differs behind them")
  void sparseFiles() throws IOException {
    long far = 1L << 42;
    for (Path each : new Path[] {container, first}) {
      writeAt(each.resolve("file"), far, 1);
      writeAt(each.resolve("file"), 100, 2);
    }
    Shared shared = compare().shared.values().iterator().next();
    assertThat(shared.size()).isEqualTo(far + 1);
    assertThat(shared.allocated()).isLessThan(1 << 20);
    writeAt(first.resolve("file"), far, 2);
    assertReason(Reason.CONTENT);
    writeAt(first.resolve("file"), far, 1);
    writeAt(container.resolve("file"), far / 2, 1);
    assertReason(Reason.CONTENT);
    writeAt(first.resolve("file"), far / 2, 1);
    assertThat(compare().shared).containsOnlyKeys(FILE);
  }

  @Test
  @DisplayName("keeps a file with other attributes, however many or large they are")
  void differentAttributes() throws IOException {
    write("text", container, first);
    for (int i = 0; i < 20; i++) {
      attribute(container, "attribute-with-a-long-name-" + i, new byte[20]);
      assertReason(Reason.ATTRIBUTES);
      attribute(first, "attribute-with-a-long-name-" + i, new byte[20]);
      assertThat(compare().shared).containsOnlyKeys(FILE);
    }
    attribute(first, "attribute-with-a-long-name-7", new byte[] {1});
    assertReason(Reason.ATTRIBUTES);
  }

  @Test
  @DisplayName("shares links by where they lead, dangling and circular ones too")
  void links() throws IOException {
    for (Path directory : new Path[] {container, first}) {
      Files.createSymbolicLink(directory.resolve("dangling"), Path.of("gone"));
      Files.createSymbolicLink(directory.resolve("circular"), Path.of("circular"));
    }
    Files.createSymbolicLink(container.resolve("file"), Path.of("here"));
    Files.createSymbolicLink(first.resolve("file"), Path.of("away"));
    Recording recording = compare();
    assertThat(recording.shared).containsOnlyKeys(Path.of("dangling"), Path.of("circular"));
    assertThat(recording.kept).isEqualTo(Map.of(FILE, Reason.TARGET));
  }

  @Test
  @DisplayName("keeps names of one file, whether here or in the source, and sockets")
  void hardLinksAndSockets() throws IOException {
    for (String name : new String[] {"here", "there", "both"}) {
      Files.writeString(container.resolve(name), "text");
      Files.writeString(first.resolve(name), "text");
    }
    Files.createLink(work.resolve("1"), container.resolve("here"));
    Files.createLink(work.resolve("2"), first.resolve("there"));
    Files.createLink(work.resolve("3"), container.resolve("both"));
    Files.createLink(work.resolve("4"), first.resolve("both"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(container.resolve("socket")));
    }
    assertThat(compare().kept)
        .isEqualTo(
            Map.of(
                Path.of("here"), Reason.HARD_LINK,
                Path.of("there"), Reason.HARD_LINK,
                Path.of("both"), Reason.HARD_LINK,
                Path.of("socket"), Reason.SOCKET));
  }

  @Test
  @DisplayName("shares a fifo without opening it")
  void fifo() throws IOException {
    Nodes.make(container.resolve("fifo"), Nodes.FIFO | 0600, 0, 0);
    Nodes.make(first.resolve("fifo"), Nodes.FIFO | 0600, 0, 0);
    assertThat(compare().shared).containsOnlyKeys(Path.of("fifo"));
  }

  @Test
  @DisplayName("keeps directories, and masks the topmost name that only sources have, once")
  void masks() throws IOException {
    Files.createDirectories(container.resolve("both/empty"));
    Files.createDirectories(first.resolve("both/only/deep"));
    Files.createDirectories(second.resolve("both/only/deeper"));
    Files.createFile(second.resolve("both/alone"));
    Recording recording = compare();
    assertThat(recording.kept)
        .isEqualTo(
            Map.of(Path.of("both"), Reason.DIRECTORY, Path.of("both/empty"), Reason.DIRECTORY));
    assertThat(recording.masked)
        .isEqualTo(
            Map.of(Path.of("both/only"), Mask.WHITEOUT, Path.of("both/alone"), Mask.WHITEOUT));
    assertThat(recording.twice).isEmpty();
  }

  @Test
  @DisplayName("sees nothing behind a file that a source has in place of a directory")
  void fileHidesDirectory() throws IOException {
    for (Path directory : new Path[] {container, second}) {
      Files.createDirectory(directory.resolve("place"));
      Files.writeString(directory.resolve("place/same"), "text");
    }
    Files.createFile(second.resolve("place/alone"));
    Files.createFile(first.resolve("place"));
    Recording recording = compare();
    assertThat(recording.kept)
        .isEqualTo(
            Map.of(
                Path.of("place"), Reason.DIRECTORY,
                Path.of("place/same"), Reason.NOT_IN_SOURCES));
    assertThat(recording.masked).isEmpty();
    assertThat(recording.shared).isEmpty();
  }

  @Test
  @DisplayName("masks nothing below a directory that is a file in the container")
  void containerHasFile() throws IOException {
    write("text", container);
    Files.createDirectories(first.resolve("file/below"));
    Recording recording = compare();
    assertThat(recording.kept).isEqualTo(Map.of(FILE, Reason.TYPE));
    assertThat(recording.masked).isEmpty();
  }

  @Test
  @DisplayName("takes names as bytes, whatever they hold")
  void rawNames() throws IOException {
    byte[][] names = {
      {(byte) 0xff, 'a'},
      {(byte) 0xfe, 'a'},
      "with blank\nand newline".getBytes(StandardCharsets.UTF_8),
      "%41 100%".getBytes(StandardCharsets.UTF_8),
      "größe".getBytes(StandardCharsets.UTF_8)
    };
    for (byte[] name : names) {
      Path below = RawPath.resolve(container, name);
      Files.createDirectory(below);
      Files.write(RawPath.resolve(below, name), name);
      Files.createDirectory(RawPath.resolve(first, name));
      Files.write(RawPath.resolve(RawPath.resolve(first, name), name), name);
    }
    Recording recording = compare();
    assertThat(recording.shared).hasSize(names.length);
    for (byte[] name : names) {
      Path shared = RawPath.of(name).resolve(RawPath.of(name));
      assertThat(recording.shared).containsKey(shared);
      assertThat(Files.readAllBytes(container.resolve(shared))).isEqualTo(name);
      assertThat(RawPath.bytes(work.resolve(shared)))
          .endsWith(name)
          .hasSize(RawPath.bytes(work).length + 2 + 2 * name.length);
    }
  }

  @Test
  @DisplayName("reports a path that is too long for the mask directory")
  void tooDeep() throws IOException {
    String name = "a".repeat(250);
    Path deep = container;
    for (int i = 0; i < 9; i++) {
      deep = Files.createDirectory(deep.resolve(name));
    }
    Path expected = Path.of((name + "/").repeat(9));
    assertThat(compare().obstacles).isEqualTo(Map.of(expected, Obstacle.TOO_DEEP));
  }

  private static void writeAt(Path file, long position, int value) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) value}), position);
    }
  }

  private Recording compare() throws IOException {
    return Recording.of(container, first, second);
  }

  private void assertReason(Reason reason) throws IOException {
    Recording recording = compare();
    assertThat(recording.kept).isEqualTo(Map.of(FILE, reason));
    assertThat(recording.shared).isEmpty();
  }

  private static void write(String text, Path... directories) throws IOException {
    for (Path directory : Arrays.asList(directories)) {
      Files.writeString(directory.resolve("file"), text);
    }
  }

  private static void attribute(Path directory, String name, byte[] value) throws IOException {
    Files.getFileAttributeView(directory.resolve("file"), UserDefinedFileAttributeView.class)
        .write(name, ByteBuffer.wrap(value));
  }
}
