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
  public static final int AT_FDCWD = -100;
  public static final int AT_SYMLINK_NOFOLLOW = 0x100;
  public static final int AT_REMOVEDIR = 0x200;
  public static final int AT_SYMLINK_FOLLOW = 0x400;
  public static final int AT_NO_AUTOMOUNT = 0x800;
  public static final int AT_EMPTY_PATH = 0x1000;
  public static final long RESOLVE_NO_XDEV = 1;
  public static final long RESOLVE_NO_MAGICLINKS = 2;
  public static final long RESOLVE_NO_SYMLINKS = 4;
  public static final long RESOLVE_BENEATH = 8;
  public static final int RENAME_NOREPLACE = 1;
  public static final int RENAME_EXCHANGE = 2;
  public static final int LOCK_EX_NB = 2 | 4;
  public static final int LOCK_UN = 8;
  public static final int F_OFD_SETLK = 37;
  public static final long FICLONE = 0x40049409L;

  private static final int SEEK_DATA = 3;

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

  /** {@return false where the system is not Linux or its C library lacks a function} */
  public static boolean available() {
    return MISSING == null;
  }

  public static void require() {
    if (MISSING != null) {
      throw new UnsupportedOperationException(MISSING);
    }
  }

  public static native int openat(int directory, long path, int flags);

  public static native int openat(int directory, byte[] path, int flags, int mode);

  public static native int close(int descriptor);

  public static native int dup(int descriptor);

  public static native long read(int descriptor, long buffer, long size);

  public static native long pread(int descriptor, long buffer, long size, long offset);

  public static native long pwrite(int descriptor, long buffer, long size, long offset);

  public static native long lseek(int descriptor, long offset, int whence);

  public static native int ftruncate(int descriptor, long size);

  public static native int statx(int directory, long path, int flags, int mask, long buffer);

  public static native int statx(int directory, byte[] path, int flags, int mask, long buffer);

  public static native long readlinkat(int directory, long path, long buffer, long size);

  public static native long readlinkat(int directory, byte[] path, long buffer, long size);

  public static native int mkdirat(int directory, byte[] path, int mode);

  public static native int symlinkat(byte[] target, int directory, byte[] path);

  public static native int linkat(
      int directory, byte[] path, int newDirectory, byte[] newPath, int flags);

  public static native int unlinkat(int directory, byte[] path, int flags);

  public static native int renameat2(
      int directory, byte[] path, int newDirectory, byte[] newPath, int flags);

  public static native int fchmod(int descriptor, int mode);

  public static native int fchmodat(int directory, byte[] path, int mode, int flags);

  public static native int fchown(int descriptor, int owner, int group);

  public static native int fchownat(int directory, byte[] path, int owner, int group, int flags);

  public static native int futimens(int descriptor, long times);

  public static native int utimensat(int directory, byte[] path, long times, int flags);

  public static native int fsync(int descriptor);

  public static native int syncfs(int descriptor);

  public static native int flock(int descriptor, int operation);

  public static native int fcntl(int descriptor, int command, long argument);

  public static native int ioctl(int descriptor, long request, long argument);

  public static native long flistxattr(int descriptor, long buffer, long size);

  public static native long llistxattr(long path, long buffer, long size);

  public static native long llistxattr(byte[] path, long buffer, long size);

  public static native long fgetxattr(int descriptor, long name, long buffer, long size);

  public static native long lgetxattr(long path, long name, long buffer, long size);

  public static native long lgetxattr(byte[] path, byte[] name, long buffer, long size);

  public static native int fsetxattr(
      int descriptor, byte[] name, byte[] value, long size, int flags);

  public static native int lsetxattr(byte[] path, byte[] name, byte[] value, long size, int flags);

  public static native int fremovexattr(int descriptor, byte[] name);

  public static native int lremovexattr(byte[] path, byte[] name);

  public static native int geteuid();

  public static native int socket(int domain, int type, int protocol);

  public static native int connect(int socket, long address, int length);

  public static native int getsockopt(int socket, int level, int option, long value, long length);

  static native String strerror(int error);

  private static native long syscall(long number, long a, long b, long c, long d);

  private static native long syscall(long number, long a, byte[] b, long c, long d);

  /** See openat2(2); {@code how} is the address of a {@code struct open_how} of 24 bytes. */
  public static int openat2(int directory, byte[] path, long how) {
    return (int) syscall(Syscall.OPENAT2, directory, path, how, 24);
  }

  /** {@return where the data of an open file of that size goes on, from an offset on} */
  public static long nextData(int descriptor, long at, long size) {
    long data = lseek(descriptor, at, SEEK_DATA);
    if (data >= 0) {
      return Math.min(data, size);
    }
    // ENXIO: nothing but a hole up to the end. Otherwise a file system that knows no holes.
    return Errno.last() == Errno.ENXIO ? size : at;
  }

  public static int mknodat(int directory, byte[] path, int mode, long device) {
    return (int) syscall(Syscall.MKNODAT, directory, path, mode, device);
  }

  public static long getdents64(int descriptor, long buffer, long size) {
    return syscall(Syscall.GETDENTS64, descriptor, buffer, size, 0);
  }

  /**
   * The numbers of system calls for which older C libraries have no function: openat2 nowhere,
   * getdents64 before glibc 2.30, mknodat before 2.33.
   */
  private static final class Syscall {
    // The same everywhere, as all numbers since 424.
    static final long OPENAT2 = 437;

    static final long GETDENTS64;
    static final long MKNODAT;

    static {
      switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
        case "amd64", "x86_64" -> {
          GETDENTS64 = 217;
          MKNODAT = 259;
        }
        case "aarch64", "riscv64", "loongarch64" -> {
          GETDENTS64 = 61;
          MKNODAT = 33;
        }
        case "ppc64le", "ppc64" -> {
          GETDENTS64 = 202;
          MKNODAT = 288;
        }
        case "s390x" -> {
          GETDENTS64 = 220;
          MKNODAT = 290;
        }
        default -> {
          GETDENTS64 = -1; // The kernel answers ENOSYS.
          MKNODAT = -1;
        }
      }
    }

    private Syscall() {}
  }
}
