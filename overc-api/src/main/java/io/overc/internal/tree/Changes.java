package io.overc.internal.tree;

import static io.overc.internal.tree.OpenDirectory.terminated;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.linux.ReadOnly;
import io.overc.internal.tree.OpenDirectory.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Changes owner or mode of everything in a tree. Each entry is held by a descriptor first, so what
 * was examined is what is changed. What is mounted in the tree is no part of it.
 */
final class Changes implements Traversal.Step {
  private static final int PLACE = OpenFlags.PATH | OpenFlags.NOFOLLOW | OpenFlags.CLOEXEC;
  private static final byte[] ITSELF = {0};

  private final Traversal traversal;
  private final Change change;
  private final FileStatus status = new FileStatus();

  interface Change {
    int apply(int descriptor, FileStatus status);
  }

  Changes(Traversal traversal, Change change) {
    this.traversal = traversal;
    this.change = change;
  }

  /** Sets the mode of what a descriptor holds, which may only be a place in the tree. */
  static int chmod(int descriptor, int mode) {
    byte[] path = ("/proc/self/fd/" + descriptor + '\0').getBytes(StandardCharsets.US_ASCII);
    return Libc.fchmodat(Libc.AT_FDCWD, path, mode, 0);
  }

  /** Sets the mode of an entry that is no link; returns the error, or 0. */
  static int chmod(int directory, byte[] name, int mode) {
    int place = Libc.openat(directory, name, PLACE, 0);
    if (place < 0) {
      return Errno.last();
    }
    int error = chmod(place, mode) == 0 ? 0 : Errno.last();
    Libc.close(place);
    return error;
  }

  static int chown(int descriptor, int owner, int group) {
    return Libc.fchownat(descriptor, ITSELF, owner, group, Libc.AT_EMPTY_PATH);
  }

  @Override
  public void entry(OpenDirectory directory, byte[] name) throws IOException {
    int place = Libc.openat(directory.descriptor(), terminated(name), PLACE, 0);
    Supplier<Path> shown = () -> directory.path(name);
    if (place < 0) {
      if (Errno.last() == Errno.ENOENT && !directory.isBase()) {
        return; // Removed meanwhile.
      }
      throw Errno.failure("find", shown.get());
    }
    try {
      if (!status.read(place)) {
        throw Errno.failure("read the status", shown.get());
      }
      if (!directory.isBase() && status.mount() != traversal.root().identity().mount()) {
        return;
      }
      if (status.type() == FileStatus.DIRECTORY) {
        enter(directory, name, place);
      } else {
        apply(place, shown);
      }
    } finally {
      Libc.close(place);
    }
  }

  // Opens the very directory that the place is.
  private void enter(OpenDirectory directory, byte[] name, int place) throws IOException {
    int descriptor = ReadOnly.open(place, traversal.address(new byte[] {'.'}), OpenFlags.DIRECTORY);
    if (descriptor < 0) {
      throw Errno.failure("open the directory", directory.path(name));
    }
    traversal.enter(
        directory.child(name, descriptor, Identity.of(status), OpenDirectory.CLOSED, null));
  }

  // Last, for the new owner or mode may not allow to look into it.
  @Override
  public boolean leave(OpenDirectory directory) throws IOException {
    if (!status.read(directory.descriptor())) {
      throw Errno.failure("read the status", directory.path());
    }
    apply(directory.descriptor(), directory::path);
    return true;
  }

  private void apply(int descriptor, Supplier<Path> shown) throws IOException {
    if (change.apply(descriptor, status) != 0) {
      throw Errno.failure("change owner or mode", shown.get());
    }
  }
}
