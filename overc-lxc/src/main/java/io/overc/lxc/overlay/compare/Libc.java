package io.overc.lxc.overlay.compare;

import com.sun.jna.Native;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * The system calls of the comparison. The JDK's own cost several times as much, cannot tell link
 * count, device number and time of change without a map for each file, and know no extended
 * attributes but the user's.
 *
 * <p>Addresses are plain numbers, which JNA passes on as they are. Results are those of the C
 * library; what went wrong is in {@link #error()}.
 */
final class Libc {
  static final int AT_FDCWD = -100;
  static final int ENOENT = 2;
  static final int ENOTDIR = 20;

  private static final int EPERM = 1;
  private static final int O_RDONLY_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
  private static final int O_NOATIME = 0x40000;
  private static final int AT_SYMLINK_NOFOLLOW_NO_AUTOMOUNT = 0x100 | 0x800;
  private static final int STATX_BASIC_STATS_MNT_ID = 0x7ff | 0x1000;

  private static final int AT_EMPTY_PATH = 0x1000;

  /** The empty string; whoever changes it breaks everything. */
  private static final NativeBuffer NOTHING = new NativeBuffer(1);

  static {
    if (Native.POINTER_SIZE != Long.BYTES) {
      throw new UnsupportedOperationException("overlay sharing needs a 64-bit JVM");
    }
    Native.register(Libc.class, "c");
  }

  private Libc() {}

  static native int openat(int directory, long path, int flags);

  static native int close(int descriptor);

  static native long pread(int descriptor, long buffer, long size, long offset);

  static native long lseek(int descriptor, long offset, int whence);

  static native int statx(int directory, long path, int flags, int mask, long buffer);

  static native long getdents64(int descriptor, long buffer, long size);

  static native long readlinkat(int directory, long path, long buffer, long size);

  static native long flistxattr(int descriptor, long buffer, long size);

  static native long llistxattr(long path, long buffer, long size);

  static native long fgetxattr(int descriptor, long name, long buffer, long size);

  static native long lgetxattr(long path, long name, long buffer, long size);

  static native String strerror(int error);

  /** Opens for reading, without waiting for a pipe's writer and without marking it as read. */
  static int open(int directory, long path) {
    int descriptor = openat(directory, path, O_RDONLY_NONBLOCK_CLOEXEC | O_NOATIME);
    if (descriptor < 0 && error() == EPERM) {
      // The time of access may only be spared by the owner or by root.
      descriptor = openat(directory, path, O_RDONLY_NONBLOCK_CLOEXEC);
    }
    return descriptor;
  }

  /** Reads the status of a path; links are not followed. */
  static int status(int directory, long path, long buffer) {
    return statx(
        directory, path, AT_SYMLINK_NOFOLLOW_NO_AUTOMOUNT, STATX_BASIC_STATS_MNT_ID, buffer);
  }

  /** Reads the status of an open file. */
  static int status(int descriptor, long buffer) {
    return statx(descriptor, NOTHING.address(), AT_EMPTY_PATH, STATX_BASIC_STATS_MNT_ID, buffer);
  }

  /** Returns the error of this thread's last call. */
  static int error() {
    return Native.getLastError();
  }

  /** Makes an exception of this thread's last call. */
  static FileSystemException failure(String attempt, Path file) {
    return new FileSystemException(
        file.toString(), null, "cannot " + attempt + ": " + strerror(error()));
  }
}
