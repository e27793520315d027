package io.overc.internal.tree;

import static io.overc.internal.tree.OpenDirectory.terminated;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.OpenFlags;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Knows the copies of files of which more names may come. */
final class HardLinks {
  private static final int EMLINK = 31;
  private static final int DIRECTORY =
      OpenFlags.PATH | OpenFlags.DIRECTORY | OpenFlags.NOFOLLOW | OpenFlags.CLOEXEC;

  private final Map<File, Copy> copies = new HashMap<>();

  private record File(long device, long inode) {
    static File of(FileStatus status) {
      return new File(status.device(), status.inode());
    }
  }

  private static final class Copy {
    private final byte[] path;
    private int expected;

    Copy(byte[] path, int expected) {
      this.path = path;
      this.expected = expected;
    }
  }

  /** Remembers a copy if other names of the same file may come. */
  void add(FileStatus status, CopiedEntry entry) {
    if (status.links() > 1 && !entry.isRoot()) {
      copies.put(File.of(status), new Copy(entry.below(), status.links() - 1));
    }
  }

  /** Makes a copy by one more name of a copy that there is; returns false if there is none yet. */
  boolean link(FileStatus status, CopiedEntry entry, int root) throws IOException {
    Copy first = status.links() > 1 ? copies.get(File.of(status)) : null;
    if (first == null) {
      return false;
    }
    int slash = lastSlash(first.path);
    byte[] name = Arrays.copyOfRange(first.path, slash + 1, first.path.length);
    int directory = open(root, Arrays.copyOf(first.path, Math.max(slash, 0)), entry);
    int result = Libc.linkat(directory, terminated(name), entry.twin(), entry.copy(), 0);
    int error = result == 0 ? 0 : Errno.last();
    if (directory != root) {
      Libc.close(directory);
    }
    if (error == EMLINK) {
      return false; // This file system allows fewer; the next names belong to the next copy.
    }
    if (error != 0) {
      throw Errno.failure(error, "make the hard link", entry.to(), null);
    }
    if (--first.expected == 0) {
      copies.remove(File.of(status));
    }
    return true;
  }

  // Opens a directory of the copy, name by name, for the path may be longer than the kernel's.
  private static int open(int root, byte[] path, CopiedEntry entry) throws IOException {
    int directory = root;
    for (int start = 0; start < path.length; ) {
      int end = start;
      while (end < path.length && path[end] != '/') {
        end++;
      }
      byte[] name = Arrays.copyOfRange(path, start, end);
      int next = Libc.openat(directory, terminated(name), DIRECTORY, 0);
      int error = next < 0 ? Errno.last() : 0;
      if (directory != root) {
        Libc.close(directory);
      }
      if (next < 0) {
        throw Errno.failure(error, "find the other name", entry.to(), null);
      }
      directory = next;
      start = end + 1;
    }
    return directory;
  }

  private static int lastSlash(byte[] path) {
    int at = path.length - 1;
    while (at >= 0 && path[at] != '/') {
      at--;
    }
    return at;
  }
}
