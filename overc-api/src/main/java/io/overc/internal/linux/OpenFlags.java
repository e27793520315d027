package io.overc.internal.linux;

import java.util.Locale;

/** What {@link Libc#openat} takes; some numbers differ between architectures. */
public final class OpenFlags {
  private static final boolean OWN_NUMBERS =
      System.getProperty("os.arch", "").toLowerCase(Locale.ROOT).matches("(aarch64|arm|ppc).*");

  /** For reading. */
  public static final int RDONLY = 0;

  /** For writing. */
  public static final int WRONLY = 1;

  /** For reading and writing. */
  public static final int RDWR = 2;

  /** Makes the file if it is missing. */
  public static final int CREAT = 0x40;

  /** With {@link #CREAT}: fails if there is one, or a link. */
  public static final int EXCL = 0x80;

  /** Empties the file. */
  public static final int TRUNC = 0x200;

  /** Does not wait for the other end of a pipe, nor for a device. */
  public static final int NONBLOCK = 0x800;

  /** Fails unless it is a directory. */
  public static final int DIRECTORY = OWN_NUMBERS ? 0x4000 : 0x10000;

  /** Fails if the last part of the path is a symbolic link. */
  public static final int NOFOLLOW = OWN_NUMBERS ? 0x8000 : 0x20000;

  /** Leaves the time of access as it is; only for the owner of the file and for root. */
  public static final int NOATIME = 0x40000;

  /** Is closed in programs that this process starts. */
  public static final int CLOEXEC = 0x80000;

  /** Only a place in the tree: neither reading nor writing, also of links (with NOFOLLOW). */
  public static final int PATH = 0x200000;

  /** A file without a name in the directory that is given. */
  public static final int TMPFILE = 0x400000 | DIRECTORY;

  private OpenFlags() {}
}
