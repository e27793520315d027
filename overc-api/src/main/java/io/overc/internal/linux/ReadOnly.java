package io.overc.internal.linux;

/**
 * Opens files for reading: without following a link, waiting for a pipe's writer, or marking the
 * file as read where that can be avoided.
 */
public final class ReadOnly {
  // NONBLOCK: who exchanged a file for a pipe could stop us for ever.
  private static final int FLAGS =
      OpenFlags.RDONLY | OpenFlags.NONBLOCK | OpenFlags.CLOEXEC | OpenFlags.NOFOLLOW;

  // A struct open_how; nobody changes it.
  private static final NativeBuffer BENEATH = beneath(FLAGS | OpenFlags.NOATIME);

  private static final NativeBuffer BENEATH_ATIME = beneath(FLAGS);

  private ReadOnly() {}

  public static int open(int directory, long name, int flags) {
    int descriptor = Libc.openat(directory, name, FLAGS | OpenFlags.NOATIME | flags);
    if (descriptor < 0 && Errno.last() == Errno.EPERM) {
      // Only its owner and root may spare a file's time of access.
      descriptor = Libc.openat(directory, name, FLAGS | flags);
    }
    return descriptor;
  }

  /**
   * Opens what a path leads to below a directory without following any link in it; returns -1 if it
   * cannot.
   */
  public static int openBeneath(int directory, byte[] path) {
    int descriptor = Libc.openat2(directory, path, BENEATH.address());
    if (descriptor < 0 && Errno.last() == Errno.EPERM) {
      descriptor = Libc.openat2(directory, path, BENEATH_ATIME.address());
    }
    if (descriptor < 0 && Errno.last() == Errno.ENOSYS) {
      // No such call before Linux 5.6, or below a filter that does not know it.
      descriptor = Libc.openat(directory, path, FLAGS, 0);
    }
    return descriptor;
  }

  private static NativeBuffer beneath(int flags) {
    NativeBuffer how = new NativeBuffer(24);
    how.bytes().putLong(0, flags);
    how.bytes().putLong(16, Libc.RESOLVE_BENEATH | Libc.RESOLVE_NO_SYMLINKS);
    return how;
  }
}
