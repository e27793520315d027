package io.overc.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.internal.compare.Visitor.Obstacle;
import io.overc.internal.compare.Visitor.Reason;
import io.overc.internal.linux.RawPath;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.GeneratedTree;
import io.overc.testkit.Nodes;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A comparison by root")
class ComparisonIT {
  private static final Path FILE = Path.of("file");

  @TempDir private Path work = Path.of("");
  private Path container = Path.of("");
  private Path first = Path.of("");
  private Path second = Path.of("");

  @BeforeEach
  void createDirectories() throws IOException {
    Real.root();
    container = Files.createDirectory(work.resolve("container"));
    first = Files.createDirectory(work.resolve("first"));
    second = Files.createDirectory(work.resolve("second"));
  }

  @Test
  @DisplayName("keeps what belongs to another user or group, also if it is a link")
  void owners() throws IOException {
    for (Path each : List.of(container, first)) {
      Files.createFile(each.resolve("file"));
      Files.createFile(each.resolve("group"));
      Files.createSymbolicLink(each.resolve("link"), FILE);
    }
    Nodes.owner(first.resolve("file"), 1, 0);
    Nodes.owner(first.resolve("group"), 0, 1);
    Nodes.owner(first.resolve("link"), 1, 1);
    assertThat(compare().kept)
        .hasSize(3)
        .allSatisfy((p, r) -> assertThat(r).isEqualTo(Reason.OWNER));
  }

  @Test
  @DisplayName("shares a device of the same number, and keeps one of another")
  void devices() throws IOException {
    Nodes.make(container.resolve("same"), Nodes.BLOCK | 0660, 7, 3);
    Nodes.make(first.resolve("same"), Nodes.BLOCK | 0660, 7, 3);
    Nodes.make(container.resolve("file"), Nodes.CHARACTER | 0666, 1, 3);
    Nodes.make(first.resolve("file"), Nodes.CHARACTER | 0666, 1, 5);
    Nodes.make(container.resolve("type"), Nodes.CHARACTER | 0666, 7, 3);
    Nodes.make(first.resolve("type"), Nodes.BLOCK | 0666, 7, 3);
    Recording recording = compare();
    assertThat(recording.shared).containsOnlyKeys(Path.of("same"));
    assertThat(recording.kept).isEqualTo(Map.of(FILE, Reason.DEVICE, Path.of("type"), Reason.TYPE));
  }

  @Test
  @DisplayName("keeps a file with another capability, and reads what nobody else may")
  void capabilities() throws IOException {
    byte[] capability = {1, 0, 0, 2, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    for (Path each : List.of(container, first)) {
      Files.writeString(each.resolve("file"), "text");
      Nodes.chmod(each.resolve("file"), 0);
    }
    assertThat(compare().shared).containsOnlyKeys(FILE);
    Nodes.attribute(container.resolve("file"), "security.capability", capability);
    assertThat(compare().kept).isEqualTo(Map.of(FILE, Reason.ATTRIBUTES));
    Nodes.attribute(first.resolve("file"), "security.capability", capability);
    assertThat(compare().shared).containsOnlyKeys(FILE);
    capability[5] = 16;
    Nodes.attribute(first.resolve("file"), "security.capability", capability);
    assertThat(compare().kept).isEqualTo(Map.of(FILE, Reason.ATTRIBUTES));
  }

  @Test
  @DisplayName("keeps what cannot be removed")
  void immutable() throws IOException {
    Real.tools("chattr");
    Files.createFile(container.resolve("file"));
    Files.createFile(first.resolve("file"));
    OverlayView.run("chattr", "+i", container.resolve("file").toString());
    try {
      assertThat(compare().kept).isEqualTo(Map.of(FILE, Reason.IMMUTABLE));
    } finally {
      OverlayView.run("chattr", "-i", container.resolve("file").toString());
    }
  }

  @Test
  @DisplayName("ends the search at a whiteout and at an opaque directory of a source")
  void sourcesOfOverlays() throws IOException {
    for (Path each : List.of(container, second)) {
      Files.createDirectory(each.resolve("opaque"));
      Files.createFile(each.resolve("opaque/file"));
      Files.createFile(each.resolve("file"));
    }
    Files.createFile(second.resolve("opaque/alone"));
    Files.createFile(second.resolve("hidden"));
    Files.createDirectory(first.resolve("opaque"));
    Nodes.attribute(first.resolve("opaque"), "trusted.overlay.opaque", (byte) 'y');
    Nodes.whiteout(first.resolve("file"));
    Nodes.whiteout(first.resolve("hidden"));
    Recording recording = compare();
    assertThat(recording.kept)
        .isEqualTo(
            Map.of(
                Path.of("opaque"),
                Reason.DIRECTORY,
                Path.of("opaque/file"),
                Reason.NOT_IN_SOURCES,
                FILE,
                Reason.NOT_IN_SOURCES));
    assertThat(recording.masked).isEmpty();
  }

  @Test
  @DisplayName("reports what a view could not show, each with its reason")
  void obstacles() throws IOException {
    Nodes.whiteout(container.resolve("whiteout"));
    for (String name : List.of("opaque", "impure", "mounted")) {
      Files.createDirectory(container.resolve(name));
    }
    Nodes.attribute(container.resolve("opaque"), "trusted.overlay.opaque", (byte) 'y');
    Nodes.attribute(container.resolve("impure"), "trusted.overlay.impure", (byte) 'y');
    Files.createFile(container.resolve("impure/copied"));
    Nodes.attribute(container.resolve("impure/copied"), "trusted.overlay.origin", (byte) 0);
    Files.createFile(container.resolve("impure/partial"));
    Nodes.attribute(container.resolve("impure/partial"), "trusted.overlay.metacopy", (byte) 0);
    Path mounted = container.resolve("mounted");
    OverlayView.run("mount", "-t", "tmpfs", "tmpfs", mounted.toString());
    Recording recording;
    try {
      Files.createFile(mounted.resolve("below"));
      recording = compare();
    } finally {
      OverlayView.run("umount", mounted.toString());
    }
    assertThat(recording.obstacles)
        .isEqualTo(
            Map.of(
                Path.of("whiteout"), Obstacle.WHITEOUT,
                Path.of("opaque"), Obstacle.OVERLAY_ATTRIBUTE,
                Path.of("impure/partial"), Obstacle.OVERLAY_ATTRIBUTE,
                Path.of("mounted"), Obstacle.MOUNT_POINT));
    assertThat(recording.kept).containsKey(Path.of("impure/copied"));
  }

  @Test
  @DisplayName("tells the same in a JVM whose locale knows ASCII only")
  void asciiLocale() throws IOException {
    GeneratedTree tree =
        GeneratedTree.create(
            7, work.resolve("tree"), List.of(work.resolve("source"), work.resolve("other")));
    byte[] name = {(byte) 0xff, (byte) 0xc3, (byte) 0xbc};
    Files.writeString(RawPath.resolve(tree.container(), name), "undecodable");
    Files.writeString(RawPath.resolve(tree.sources().get(0), name), "undecodable");
    Recording here = Recording.of(tree.container(), tree.sources().toArray(Path[]::new));
    CommandResult there =
        CommandRunner.system()
            .run(
                ChildJvm.of(
                        Telling.class,
                        tree.container().toString(),
                        tree.sources().get(0).toString(),
                        tree.sources().get(1).toString())
                    .environment("LC_ALL", "C")
                    .build())
            .orThrow("compare in another JVM");
    assertThat(there.stdout().strip()).isEqualTo("ANSI_X3.4-1968 " + Telling.of(here));
    assertThat(Files.exists(RawPath.resolve(tree.container(), name))).isTrue();
  }

  /** Says what a comparison told, with names as bytes. */
  static final class Telling {
    private Telling() {}

    public static void main(String[] arguments) throws IOException {
      Path container = Path.of(arguments[0]);
      Recording told = Recording.of(container, Path.of(arguments[1]), Path.of(arguments[2]));
      for (Path path : told.shared.keySet()) {
        // Whoever gets the path can use it.
        if (Stamp.of(container.resolve(path)).isEmpty()) {
          throw new IllegalStateException("not there: " + path);
        }
        Files.readAttributes(container.resolve(path), "unix:ino", LinkOption.NOFOLLOW_LINKS);
      }
      System.out.println(System.getProperty("sun.jnu.encoding") + " " + of(told));
    }

    static String of(Recording told) {
      StringBuilder all = new StringBuilder();
      told.shared.keySet().forEach(path -> all.append(raw(path)).append(" shared "));
      told.kept.forEach((path, why) -> all.append(raw(path)).append(' ').append(why).append(' '));
      told.masked.keySet().forEach(path -> all.append(raw(path)).append(" masked "));
      return all.toString().strip();
    }

    private static String raw(Path path) {
      return path.toUri().getRawPath().substring(Path.of("").toUri().getRawPath().length());
    }
  }

  private Recording compare() throws IOException {
    return Recording.of(container, first, second);
  }
}
