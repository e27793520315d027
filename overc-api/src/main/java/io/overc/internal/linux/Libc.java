package io.overc.internal.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The C library of a 64-bit Linux, called directly.
 *
 * <p>The calls are those of section 2 of the manual, raw: they return what the C library returns,
 * and what went wrong is in {@link Errno#last()}. A path or name as {@code byte[]} ends with a zero
 * ({@link RawPath#terminated}). An address is a plain number, which is passed on as it is: whoever
 * passes one holds its {@link NativeBuffer} until the call is over. None of them may be called
 * unless the library is {@link #available()}.
 */
public final class Libc {
  /** Instead of a directory's descriptor: the working directory. */
  public static final int AT_FDCWD = -100;

  /** Does not follow a link. */
  public static final int AT_SYMLINK_NOFOLLOW = 0x100;

  /** Removes a directory. */
  public static final int AT_REMOVEDIR = 0x200;

  /** Follows a link. */
  public static final int AT_SYMLINK_FOLLOW = 0x400;

  /** Mounts nothing automatically. */
  public static final int AT_NO_AUTOMOUNT = 0x800;

  /** With an empty path: the descriptor itself. */
  public static final int AT_EMPTY_PATH = 0x1000;

  /** Of {@link #openat2}: fails where the path crosses a mount point. */
  public static final long RESOLVE_NO_XDEV = 1;

  /** Of {@link #openat2}: follows no links of /proc. */
  public static final long RESOLVE_NO_MAGICLINKS = 2;

  /** Of {@link #openat2}: follows no links. */
  public static final long RESOLVE_NO_SYMLINKS = 4;

  /** Of {@link #openat2}: never leaves the directory. */
  public static final long RESOLVE_BENEATH = 8;

  /** Of {@link #renameat2}: replaces nothing. */
  public static final int RENAME_NOREPLACE = 1;

  /** Of {@link #renameat2}: exchanges both. */
  public static final int RENAME_EXCHANGE = 2;

  /** Of {@link #flock}: exclusive, or at once an error. */
  public static final int LOCK_EX_NB = 2 | 4;

  /** Of {@link #flock}: no longer. */
  public static final int LOCK_UN = 8;

  /** Of {@link #fcntl}: locks a range for an open file description, or at once an error. */
  public static final int F_OFD_SETLK = 37;

  /** Of {@link #ioctl}: shares the content of another file. */
  public static final long FICLONE = 0x40049409L;

  private static final @Nullable String MISSING = load();

  private Libc() {}

  private static @Nullable String load() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
      return "the system is not Linux";
    }
    try {
      if (Native.POINTER_SIZE != Long.BYTES) {
        return "the JVM is no 64-bit one";
      }
      // The process has it already, whatever its file is called.
      Native.register(Libc.class, NativeLibrary.getProcess());
      return null;
    } catch (LinkageError | RuntimeException e) {
      return "the C library cannot be called: " + e.getMessage();
    }
  }

  /**
   * Says whether the calls can be made.
   *
   * @return false where the system is not Linux or its C library lacks a function
   */
  public static boolean available() {
    return MISSING == null;
  }

  /**
   * Requires that the calls can be made.
   *
   * @throws UnsupportedOperationException with the reason if they cannot
   */
  public static void require() {
    if (MISSING != null) {
      throw new UnsupportedOperationException(MISSING);
    }
  }

  /** See openat(2). */
  public static native int openat(int directory, long path, int flags);

  /** See openat(2). */
  public static native int openat(int directory, byte[] path, int flags, int mode);

  /** See close(2). */
  public static native int close(int descriptor);

  /** See dup(2). */
  public static native int dup(int descriptor);

  /** See read(2). */
  public static native long read(int descriptor, long buffer, long size);

  /** See write(2). */
  public static native long write(int descriptor, long buffer, long size);

  /** See pread(2). */
  public static native long pread(int descriptor, long buffer, long size, long offset);

  /** See pread(2). */
  public static native long pwrite(int descriptor, long buffer, long size, long offset);

  /** See lseek(2). */
  public static native long lseek(int descriptor, long offset, int whence);

  /** See ftruncate(2). */
  public static native int ftruncate(int descriptor, long size);

  /** See statx(2). */
  public static native int statx(int directory, long path, int flags, int mask, long buffer);

  /** See statx(2). */
  public static native int statx(int directory, byte[] path, int flags, int mask, long buffer);

  /** See readlinkat(2). */
  public static native long readlinkat(int directory, long path, long buffer, long size);

  /** See readlinkat(2). */
  public static native long readlinkat(int directory, byte[] path, long buffer, long size);

  /** See mkdirat(2). */
  public static native int mkdirat(int directory, byte[] path, int mode);

  /** See symlinkat(2). */
  public static native int symlinkat(byte[] target, int directory, byte[] path);

  /** See linkat(2). */
  public static native int linkat(
      int directory, byte[] path, int newDirectory, byte[] newPath, int flags);

  /** See unlinkat(2). */
  public static native int unlinkat(int directory, byte[] path, int flags);

  /** See renameat2(2). */
  public static native int renameat2(
      int directory, byte[] path, int newDirectory, byte[] newPath, int flags);

  /** See fchmod(2). */
  public static native int fchmod(int descriptor, int mode);

  /** See fchmodat(2). */
  public static native int fchmodat(int directory, byte[] path, int mode, int flags);

  /** See fchown(2). */
  public static native int fchown(int descriptor, int owner, int group);

  /** See fchownat(2). */
  public static native int fchownat(int directory, byte[] path, int owner, int group, int flags);

  /** See futimens(2). */
  public static native int futimens(int descriptor, long times);

  /** See utimensat(2). */
  public static native int utimensat(int directory, byte[] path, long times, int flags);

  /** See fsync(2). */
  public static native int fsync(int descriptor);

  /** See fdatasync(2). */
  public static native int fdatasync(int descriptor);

  /** See syncfs(2). */
  public static native int syncfs(int descriptor);

  /** See flock(2). */
  public static native int flock(int descriptor, int operation);

  /** See fcntl(2). */
  public static native int fcntl(int descriptor, int command, long argument);

  /** See ioctl(2). */
  public static native int ioctl(int descriptor, long request, long argument);

  /** See listxattr(2). */
  public static native long flistxattr(int descriptor, long buffer, long size);

  /** See listxattr(2). */
  public static native long llistxattr(long path, long buffer, long size);

  /** See listxattr(2). */
  public static native long llistxattr(byte[] path, long buffer, long size);

  /** See getxattr(2). */
  public static native long fgetxattr(int descriptor, long name, long buffer, long size);

  /** See getxattr(2). */
  public static native long lgetxattr(long path, long name, long buffer, long size);

  /** See getxattr(2). */
  public static native long lgetxattr(byte[] path, byte[] name, long buffer, long size);

  /** See setxattr(2). */
  public static native int fsetxattr(
      int descriptor, byte[] name, byte[] value, long size, int flags);

  /** See setxattr(2). */
  public static native int lsetxattr(byte[] path, byte[] name, byte[] value, long size, int flags);

  /** See removexattr(2). */
  public static native int fremovexattr(int descriptor, byte[] name);

  /** See removexattr(2). */
  public static native int lremovexattr(byte[] path, byte[] name);

  /** See geteuid(2). */
  public static native int geteuid();

  static native String strerror(int error);

  private static native long syscall(long number, long a, long b, long c, long d);

  private static native long syscall(long number, long a, byte[] b, long c, long d);

  /** See openat2(2); {@code how} is the address of a {@code struct open_how} of 24 bytes. */
  public static int openat2(int directory, byte[] path, long how) {
    return (int) syscall(Syscall.OPENAT2, directory, path, how, 24);
  }

  /** See mknodat(2). */
  public static int mknodat(int directory, byte[] path, int mode, long device) {
    return (int) syscall(Syscall.MKNODAT, directory, path, mode, device);
  }

  /** See getdents64(2). */
  public static long getdents64(int descriptor, long buffer, long size) {
    return syscall(Syscall.GETDENTS64, descriptor, buffer, size, 0);
  }
}
