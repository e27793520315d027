package io.overc.internal.tree;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import java.io.IOException;

/**
 * Copies the content of files: shared where the file system can, otherwise with its holes. Not
 * thread-safe.
 */
final class Content {
  private static final int BLOCK = 1 << 20;
  private static final int SEEK_HOLE = 4;

  private final NativeBuffer buffer = new NativeBuffer(BLOCK);
  private final Pace pace;
  private boolean share;

  Content(boolean share, Pace pace) {
    this.share = share;
    this.pace = pace;
  }

  /** Copies from one open file to another, which is empty. */
  void copy(int from, int to, FileStatus status, CopiedEntry entry) throws IOException {
    long size = status.size();
    boolean sparse = status.allocated() < size;
    if (size == 0 || shared(from, to)) {
      return;
    }
    long end;
    for (long at = 0; at < size; at = end) {
      at = sparse ? Libc.nextData(from, at, size) : at;
      end = sparse && at < size ? hole(from, at, size) : size;
      if (!copy(from, to, at, end, entry)) {
        return;
      }
    }
    if (Libc.ftruncate(to, size) != 0) {
      throw Errno.failure("write the file", entry.to());
    }
  }

  private boolean shared(int from, int to) {
    if (!share) {
      return false;
    }
    if (Libc.ioctl(to, Libc.FICLONE, from) == 0) {
      return true;
    }
    int error = Errno.last();
    if (error == Errno.EOPNOTSUPP || error == Errno.ENOTTY || error == Errno.EXDEV) {
      share = false; // Neither will the next file.
    }
    return false;
  }

  // Returns false if the source ended early: it was cut meanwhile, and its copy is too.
  private boolean copy(int from, int to, long start, long end, CopiedEntry entry)
      throws IOException {
    // Not copy_file_range(2): where it does more than read and write, sharing does too, and a copy
    // that must not be shared cannot have it.
    long at = start;
    while (at < end) {
      pace.check(entry::from);
      long got = Libc.pread(from, buffer.address(), Math.min(BLOCK, end - at), at);
      if (got < 0 && Errno.last() != Errno.EINTR) {
        throw Errno.failure("read the file", entry.from());
      }
      if (got == 0) {
        return false;
      }
      write(to, got, at, entry);
      at += Math.max(got, 0);
    }
    return true;
  }

  private void write(int to, long length, long at, CopiedEntry entry) throws IOException {
    long written = 0;
    while (written < length) {
      long more = Libc.pwrite(to, buffer.address() + written, length - written, at + written);
      if (more < 0 && Errno.last() != Errno.EINTR) {
        throw Errno.failure("write the file", entry.to());
      }
      written += Math.max(more, 0);
    }
  }

  private static long hole(int descriptor, long at, long size) {
    long hole = Libc.lseek(descriptor, at, SEEK_HOLE);
    return hole > at ? Math.min(hole, size) : size;
  }
}
