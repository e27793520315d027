package io.overc.btrfs.snapshot;

import io.overc.error.RefusedException;
import io.overc.error.VerificationException;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.RawPath;
import io.overc.internal.tree.FileTree;
import io.overc.internal.tree.TreeEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The subvolume that a stream from elsewhere made, examined before it is kept. */
record ReceivedTree(Path root, List<Path> devices, List<Path> privileged) {
  private static final byte[] CAPABILITY =
      "security.capability\0".getBytes(StandardCharsets.US_ASCII);
  private static final int SET_ID = 06000;

  /**
   * Examines what lies in a place that only root may enter.
   *
   * @throws VerificationException if it is not one subvolume
   */
  static ReceivedTree in(Path place, Path file) throws IOException {
    List<Path> received;
    try (Stream<Path> entries = Files.list(place)) {
      received = entries.toList();
    }
    if (received.size() != 1) {
      throw new VerificationException(
          "Could not import " + file + ": it holds " + received.size() + " snapshots, not one");
    }
    ReceivedTree tree = new ReceivedTree(received.get(0), new ArrayList<>(), new ArrayList<>());
    FileStatus status = FileStatus.of(tree.root);
    if (status.type() != FileStatus.DIRECTORY || status.inode() != MountedSubvolumes.ROOT_INODE) {
      throw new VerificationException("Could not import " + file + ": it holds no subvolume");
    }
    FileTree.at(tree.root)
        .walk(
            entry -> {
              tree.examine(entry);
              return true;
            });
    return tree;
  }

  private void examine(TreeEntry entry) throws IOException {
    Path path = root.resolve(entry.path());
    if (entry.type() == TreeEntry.Type.FILE) {
      if (privileged.isEmpty() && isPrivileged(path)) {
        privileged.add(entry.path());
      }
    } else if (entry.type() == TreeEntry.Type.OTHER) {
      FileStatus status = FileStatus.of(path);
      if (status.isDevice() && !status.isWhiteout()) {
        devices.add(entry.path());
      }
    }
  }

  private static boolean isPrivileged(Path path) throws IOException {
    return (FileStatus.of(path).permissions() & SET_ID) != 0
        || Libc.lgetxattr(RawPath.terminated(path), CAPABILITY, 0, 0) > 0;
  }

  /** Refuses what any user of this machine could use to become another one. */
  void requireClosed(Path snapshots, Path file) throws IOException {
    boolean open = (FileStatus.of(snapshots).permissions() & 0011) != 0;
    List<Path> dangerous = devices.isEmpty() ? privileged : devices;
    if (open && !dangerous.isEmpty()) {
      throw new RefusedException(
          "Cannot import %s: other users may enter %s, and it holds %s with rights of its own; close that directory to others (mode 0700)"
              .formatted(file, snapshots, RawPath.shown(dangerous.get(0))));
    }
  }
}
