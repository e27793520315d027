package io.overc.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.internal.compare.Comparison;
import io.overc.internal.compare.Visitor;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.GeneratedTree;
import io.overc.testkit.Nodes;
import io.overc.testkit.Real;
import io.overc.testkit.TreeDigest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

@DisplayName("A tree, worked on by root")
class FileTreeIT {
  private static final int SEEDS = 12;
  private static final int MANY = 100_000;

  @TempDir private Path work = Path.of("unset");
  private Path root = Path.of("unset");
  private Path copy = Path.of("unset");

  @BeforeEach
  void namePaths() {
    Real.root();
    root = work.resolve("root");
    copy = work.resolve("copy");
  }

  private static void run(String... arguments) {
    CommandRunner.system()
        .run(Command.of(List.of(arguments)).build())
        .orThrow("run " + String.join(" ", arguments));
  }

  @Test
  @DisplayName("is copied with everything that a tree of a machine may hold")
  void everything() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      Path source = work.resolve("source" + seed);
      GeneratedTree.create(seed, root, List.of(source));
      // Times have nanoseconds, and those of directories must not be those of the copying.
      run("touch", "-h", "-d", "2001-02-03 04:05:06.123456789", root + "/deep", root.toString());
      TreeDigest before = TreeDigest.of(root);
      Map<String, String> times = Trees.times(root);
      for (FileTree tree : List.of(FileTree.at(root), FileTree.at(root).fullCopy())) {
        tree.copyTo(copy);
        assertThat(before.differences(TreeDigest.of(copy))).as("seed %d", seed).isEmpty();
        assertThat(Trees.times(copy)).as("seed %d", seed).isEqualTo(times);
        assertIdentical(copy, root);
        FileTree.at(copy).delete();
        assertThat(copy).doesNotExist();
      }
      assertThat(before.differences(TreeDigest.of(root))).as("seed %d", seed).isEmpty();
      FileTree.at(root).delete();
      FileTree.at(source).delete();
      assertThat(root).doesNotExist();
    }
  }

  /** Lets the comparison of trees, which reads for itself, find what differs. */
  private static void assertIdentical(Path one, Path other) throws IOException {
    new Comparison(one, List.of(other), 1)
        .run(
            new Visitor() {
              @Override
              public void shared(Shared shared) {
                assertThat(shared.path()).isNotNull();
              }

              @Override
              public void kept(Path path, Reason reason) {
                assertThat(reason)
                    .as("%s", path)
                    .isIn(Reason.DIRECTORY, Reason.HARD_LINK, Reason.SOCKET);
              }

              @Override
              public void masked(Path path, Mask mask) {
                throw new AssertionError("missing in the copy: " + path);
              }

              @Override
              public void obstacle(Path path, Obstacle obstacle) {
                assertThat(obstacle).as("%s", path).isEqualTo(Obstacle.WHITEOUT);
              }
            });
  }

  @Test
  @DisplayName("of 100,000 entries needs little memory, and 500 levels few open files")
  void boundedMemory() throws IOException {
    CommandResult result =
        CommandRunner.system()
            .run(ChildJvm.withHeap(24, Many.class, root.toString(), copy.toString()).build());
    assertThat(result.succeeded()).as(result.stderr()).isTrue();
    assertThat(result.stdout()).contains("copied and deleted " + (MANY + 1));
  }

  static final class Many {
    private Many() {}

    public static void main(String[] arguments) throws IOException {
      Path root = Files.createDirectory(Path.of(arguments[0]));
      Path copy = Path.of(arguments[1]);
      for (int i = 0; i < MANY; i++) {
        Files.createFile(root.resolve("a name as long as they are now and then " + i));
      }
      FileTree.at(root).unsynced().copyTo(copy);
      long entries = FileTree.at(copy).size().entries();
      FileTree.at(copy).delete();
      FileTree.at(root).delete();
      System.out.println("copied and deleted " + entries);
    }
  }

  @Test
  @DisplayName("is not deleted where something is mounted in it, which stays whole")
  void mounted() throws IOException {
    Path outside = Files.createDirectory(work.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "content");
    Path point = Files.createDirectories(root.resolve("below/mount point"));
    // The same file system: only the mount tells it apart.
    run("mount", "--bind", outside.toString(), point.toString());
    try {
      assertThatThrownBy(() -> FileTree.at(root).delete())
          .isInstanceOf(FileSystemException.class)
          .hasMessage(point + ": cannot delete: something is mounted there: unmount it first");
      assertThatThrownBy(() -> FileTree.at(point).delete())
          .hasMessageContaining("something is mounted there");
      FileTree.at(root).changeMode(mode -> 0700);
      FileTree.at(root).changeOwner(owner -> 7, group -> 7);
      assertThat(Files.getAttribute(point.getParent(), "unix:uid")).isEqualTo(7);
      assertThat(Files.getAttribute(outside, "unix:uid")).isEqualTo(0);
      assertThat(FileTree.at(root).size().bytes()).isZero();
    } finally {
      run("umount", point.toString());
    }
    assertThat(outside.resolve("precious")).hasContent("content");
    run("mount", "-t", "tmpfs", "tmpfs", point.toString());
    try {
      Files.writeString(point.resolve("precious"), "content");
      assertThatThrownBy(() -> FileTree.at(root).delete())
          .hasMessageContaining("something is mounted there");
      assertThatThrownBy(() -> FileTree.at(root).portable().delete())
          .hasMessageContaining("it is on another file system");
      assertThat(point.resolve("precious")).hasContent("content");
      FileTree.at(root).copyTo(copy);
      assertThat(copy.resolve("below/mount point/precious")).hasContent("content");
    } finally {
      run("umount", point.toString());
    }
    FileTree.at(root).delete();
    assertThat(root).doesNotExist();
  }

  @Test
  @DisplayName("of an ordinary user is copied and deleted by that user, whatever its modes are")
  void ordinaryUser() throws IOException {
    Real.tools("setpriv");
    int user = 1234;
    Path home = Files.createDirectory(work.resolve("home"));
    for (Path each = work; each != null && each.startsWith("/tmp/"); each = each.getParent()) {
      Nodes.chmod(each, 0711);
    }
    Path tree = home.resolve("tree");
    Path locked = Files.createDirectories(tree.resolve("locked/in it"));
    Files.writeString(locked.resolve("file"), "content");
    Nodes.make(tree.resolve("pipe"), Nodes.FIFO | 0600, 0, 0);
    FileTree.at(home).changeOwner(owner -> user, group -> user);
    Nodes.chmod(tree.resolve("locked/in it/file"), 04755);
    CommandResult copied = as(user, "copy", tree, home.resolve("copy"));
    assertThat(copied.succeeded()).as(copied.stderr()).isTrue();
    assertThat(home.resolve("copy/locked/in it/file")).hasContent("content");
    // Root's file, which a user may read, does not become a set-user-ID file of the user.
    Path roots = Files.writeString(work.resolve("roots"), "content");
    Nodes.chmod(roots, 04755);
    CommandResult given = as(user, "copy", roots, home.resolve("roots"));
    assertThat(given.succeeded()).as(given.stderr()).isTrue();
    assertThat((int) Files.getAttribute(home.resolve("roots"), "unix:mode") & 07777)
        .isEqualTo(0755);
    Nodes.chmod(locked, 0);
    Nodes.chmod(tree.resolve("locked"), 0500);
    CommandResult deleted = as(user, "delete", tree, tree);
    assertThat(deleted.succeeded()).as(deleted.stderr()).isTrue();
    assertThat(tree).doesNotExist();
  }

  private CommandResult as(int user, String what, Path one, Path other) throws IOException {
    return CommandRunner.system()
        .run(
            Command.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups")
                .arguments(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .arguments("-Djna.tmpdir=" + other.getParent(), "-cp", readableByAll())
                .arguments(AsUser.class.getName(), what, one.toString(), other.toString())
                .environment("LC_ALL", "C.UTF-8")
                .environment("HOME", "/nonexistent")
                .build());
  }

  /** Copies the class path that the work needs: what is on this one may be for root only. */
  private String readableByAll() throws IOException {
    List<String> copies = new ArrayList<>();
    for (Class<?> type : List.of(FileTree.class, AsUser.class, Native.class, Logger.class)) {
      Path source =
          Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
      Path copy = work.resolve("class path " + copies.size() + ".jar");
      if (Files.notExists(copy)) {
        FileTree.at(source).unsynced().copyTo(copy);
      }
      copies.add(copy.toString());
    }
    return String.join(":", copies);
  }

  static final class AsUser {
    private AsUser() {}

    public static void main(String[] arguments) throws IOException {
      FileTree tree = FileTree.at(Path.of(arguments[1]));
      if (arguments[0].equals("copy")) {
        tree.copyTo(Path.of(arguments[2]));
      } else {
        tree.delete();
      }
    }
  }

  @Test
  @DisplayName("on btrfs shares its content with a copy, and is deleted with subvolumes if asked")
  void btrfs() throws IOException {
    Real.tools("btrfs", "mkfs.btrfs", "mount", "umount");
    Path disk = work.resolve("disk");
    Path at = Files.createDirectory(work.resolve("at"));
    run("truncate", "-s", "256M", disk.toString());
    run("mkfs.btrfs", "-q", disk.toString());
    run("mount", "-o", "loop", disk.toString(), at.toString());
    try {
      Path tree = Files.createDirectory(at.resolve("tree"));
      run("sh", "-c", "head -c 100M /dev/urandom > '" + tree + "/large'");
      // Twice as much would not fit.
      FileTree.at(tree).copyTo(at.resolve("copy"));
      FileTree.at(tree).copyTo(at.resolve("another"));
      assertThat(Files.mismatch(tree.resolve("large"), at.resolve("another/large"))).isEqualTo(-1);
      assertThatThrownBy(() -> FileTree.at(tree).fullCopy().copyTo(at.resolve("full")))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(at + "/full/large: cannot write the file: No space left on device");
      assertThat(at.resolve("full")).doesNotExist();
      Path subvolume = tree.resolve("subvolume");
      run("btrfs", "subvolume", "create", subvolume.toString());
      run("btrfs", "subvolume", "create", subvolume + "/nested");
      Files.writeString(subvolume.resolve("nested/file"), "content");
      assertThatThrownBy(() -> FileTree.at(tree).delete())
          .hasMessage(subvolume + ": cannot delete: it is a btrfs subvolume: delete that first");
      assertThat(subvolume.resolve("nested/file")).exists();
      FileTree.at(tree).withSubvolumes().delete();
      assertThat(tree).doesNotExist();
    } finally {
      run("umount", at.toString());
    }
  }
}
