package io.overc.internal.tree;

import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.time.Cancellation;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A directory with everything in it, or a single file: walks, copies, deletes and changes it.
 *
 * <p>Nothing here follows a link in the tree, not even one that somebody exchanges for a directory
 * at the wrong moment; links in the path that leads to the tree are the caller's and are followed.
 * Trees may be of any depth and width and hold names of any bytes. An exception names the file and
 * the reason.
 *
 * <p>Every operation ends between two entries, a copy also within a file, when the thread is
 * cancelled: see {@link Cancellation#check}. Immutable.
 *
 * <p>Where the C library cannot be called, and in file systems of Java, the JDK's own calls do what
 * they can: see {@link PortableTree}.
 */
public final class FileTree {
  private final Path root;
  private final boolean subvolumes;
  private final boolean share;
  private final boolean sync;
  private final boolean portable;

  private FileTree(Path root, boolean subvolumes, boolean share, boolean sync, boolean portable) {
    this.root = root;
    this.subvolumes = subvolumes;
    this.share = share;
    this.sync = sync;
    this.portable = portable;
  }

  public static FileTree at(Path root) {
    boolean linux = root.getFileSystem() == FileSystems.getDefault() && Libc.available();
    return new FileTree(root, false, true, true, !linux);
  }

  /** Lets {@link #delete} delete btrfs subvolumes in the tree; otherwise it refuses them. */
  public FileTree withSubvolumes() {
    return new FileTree(root, true, share, sync, portable);
  }

  /** Makes {@link #copyTo} copy all content instead of sharing it with the original. */
  public FileTree fullCopy() {
    return new FileTree(root, subvolumes, false, sync, portable);
  }

  /** Makes {@link #copyTo} leave it to the caller to write the copy to the disk. */
  public FileTree unsynced() {
    return new FileTree(root, subvolumes, share, false, portable);
  }

  FileTree portable() {
    return new FileTree(root, subvolumes, share, sync, true);
  }

  /**
   * Deletes the tree, also where modes forbid it to the owner of the directories; does nothing if
   * there is none. Fails if something is mounted in it, which stays whole, as does another file
   * system.
   */
  public void delete() throws IOException {
    delete(null);
  }

  private void delete(OpenDirectory.@Nullable Identity only) throws IOException {
    Pace pace = new Pace("deleting");
    if (portable) {
      PortableTree.delete(root, pace);
      return;
    }
    Traversal opened;
    try {
      opened = new Traversal(root, OpenDirectory.CLOSED, pace);
    } catch (NoSuchFileException e) {
      return; // Not even the directory that would hold it.
    }
    try (Traversal traversal = opened) {
      traversal.run(new Deletion(traversal, subvolumes, only));
    }
  }

  /**
   * Copies the tree to where nothing is: content, modes, times, targets of links, names of the same
   * file, holes, and as far as this user may owners, extended attributes and devices. Content is
   * shared with the original where the file system can. What is mounted in the tree is copied too.
   * Nobody else can look into the copy before it is complete and written to the disk; if it fails
   * or is interrupted, nothing of it is left.
   */
  public void copyTo(Path target) throws IOException {
    Pace pace = new Pace("copying");
    if (portable || target.getFileSystem() != FileSystems.getDefault()) {
      PortableCopy.copy(root, target, pace);
      return;
    }
    int parent = Traversal.openParent(target, OpenFlags.PATH);
    Traversal traversal;
    try {
      traversal = new Traversal(root, parent, pace);
    } catch (IOException e) {
      Libc.close(parent);
      throw e;
    }
    try (traversal) {
      TreeCopy copy = new TreeCopy(traversal, target, sync, new Content(share, pace));
      try {
        traversal.run(copy);
      } catch (IOException | RuntimeException | Error e) {
        discard(target, copy, e);
        throw e;
      } finally {
        Reference.reachabilityFence(copy); // It holds the memory that the C library is given.
      }
    }
  }

  // Even if cancelled: half a copy helps nobody.
  private static void discard(Path target, TreeCopy copy, Throwable cause) {
    Cancellation.shielded(
        () -> {
          try {
            if (!copy.removeUnlessTree()) {
              at(target).delete(copy.root());
            }
          } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
          }
        });
  }

  public void walk(TreeEntry.Visitor visitor) throws IOException {
    Pace pace = new Pace("reading");
    if (portable) {
      PortableTree.walk(root, visitor, pace);
      return;
    }
    try (Traversal traversal = new Traversal(root, OpenDirectory.CLOSED, pace)) {
      traversal.run(new Walk(traversal, visitor));
    }
  }

  public Size size() throws IOException {
    long[] sums = new long[3];
    Set<Object> seen = new HashSet<>();
    walk(
        entry -> {
          boolean counts = !entry.mounted() && (entry.file() == null || seen.add(entry.file()));
          if (counts) {
            sums[0]++;
            sums[1] += entry.type() == TreeEntry.Type.FILE ? entry.size() : 0;
            sums[2] += entry.allocated();
          }
          return counts;
        });
    return new Size(sums[0], sums[1], sums[2]);
  }

  /**
   * Size of a tree without what is mounted in it, in bytes; {@code allocated} is the space on the
   * disk. A file with several names counts once.
   */
  public record Size(long entries, long bytes, long allocated) {}

  /**
   * Gives everything in the tree, links too, to other users (-1 keeps one). As always, the kernel
   * then takes away set-user-ID and capabilities.
   */
  public void changeOwner(IntUnaryOperator owner, IntUnaryOperator group) throws IOException {
    change(
        (descriptor, status) ->
            Changes.chown(
                descriptor, owner.applyAsInt(status.owner()), group.applyAsInt(status.group())));
  }

  /** Changes the modes, 12 bits, of everything in the tree but links, which have none. */
  public void changeMode(IntUnaryOperator mode) throws IOException {
    change(
        (descriptor, status) ->
            status.type() == FileStatus.LINK
                ? 0
                : Changes.chmod(descriptor, mode.applyAsInt(status.permissions())));
  }

  private void change(Changes.Change change) throws IOException {
    Libc.require();
    try (Traversal traversal = new Traversal(root, OpenDirectory.CLOSED, new Pace("changing"))) {
      traversal.run(new Changes(traversal, change));
    }
  }
}
