package io.overc.btrfs.snapshot;

import io.overc.btrfs.fs.Mount;
import io.overc.btrfs.fs.MountTable;
import io.overc.error.RefusedException;
import io.overc.error.UnavailableException;
import io.overc.internal.file.ForeignText;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Knows which subvolumes are mounted, among them the one this system runs from. */
final class MountedSubvolumes {
  /** The inode number of the root of every subvolume (BTRFS_FIRST_FREE_OBJECTID). */
  static final long ROOT_INODE = 256;

  private MountedSubvolumes() {}

  /** Refuses a plain directory. */
  static void requireSubvolume(Path path) throws IOException {
    home(MountTable.read(), path);
    if ((long) Files.getAttribute(path, "unix:ino") != ROOT_INODE) {
      throw new RefusedException(
          path + " is a plain directory: make a subvolume and move its content there first");
    }
  }

  /** Refuses to go on if a subvolume is mounted somewhere by itself. */
  static void refuse(Path subvolume, String attempt) {
    MountTable table = MountTable.read();
    Mount home = home(table, subvolume);
    String wanted = inside(home, subvolume);
    List<String> points =
        table.below(Path.of("/")).stream()
            .filter(mount -> mount.device().equals(home.device()))
            .filter(mount -> mount.root().equals(wanted))
            .map(mount -> RawPath.shown(mount.point()))
            .toList();
    boolean runs =
        table
            .at(Path.of("/"))
            .filter(mount -> mount.device().equals(home.device()) && mount.root().equals(wanted))
            .isPresent();
    if (runs || !points.isEmpty()) {
      throw new RefusedException(
          "Cannot %s: %s is mounted at %s; unmount it first"
              .formatted(attempt, subvolume, runs ? "/" : String.join(", ", points)));
    }
  }

  /** Returns the path of a subvolume in its file system, as {@code btrfs subvolume} shows it. */
  static String inFileSystem(Path subvolume) {
    MountTable table = MountTable.read();
    return inside(home(table, subvolume), subvolume).substring(1);
  }

  private static Mount home(MountTable table, Path path) {
    for (Path at = path.toAbsolutePath().getParent(); at != null; at = at.getParent()) {
      var mount = table.at(at);
      if (mount.isPresent()) {
        if (!mount.get().type().equals("btrfs")) {
          throw new UnavailableException(
              path + " is on " + mount.get().type() + ": this store needs a mounted btrfs");
        }
        return mount.get();
      }
    }
    throw new UnavailableException(path + " is on no mounted file system");
  }

  private static String inside(Mount home, Path path) {
    // As the mount table has it, which is the UTF-8 of the kernel's bytes in every locale.
    String relative =
        ForeignText.shown(RawPath.bytes(home.point().relativize(path.toAbsolutePath())));
    return home.root().equals("/") ? "/" + relative : home.root() + "/" + relative;
  }
}
