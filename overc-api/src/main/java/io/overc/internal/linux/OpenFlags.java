package io.overc.internal.linux;

import java.util.Locale;

/** What {@link Libc#openat} takes; some numbers differ between architectures. */
public final class OpenFlags {
  private static final boolean OWN_NUMBERS =
      System.getProperty("os.arch", "").toLowerCase(Locale.ROOT).matches("(aarch64|arm|ppc).*");

  public static final int RDONLY = 0;
  public static final int WRONLY = 1;
  public static final int RDWR = 2;
  public static final int CREAT = 0x40;
  public static final int EXCL = 0x80;
  public static final int TRUNC = 0x200;
  public static final int NONBLOCK = 0x800;
  public static final int DIRECTORY = OWN_NUMBERS ? 0x4000 : 0x10000;
  public static final int NOFOLLOW = OWN_NUMBERS ? 0x8000 : 0x20000;
  public static final int NOATIME = 0x40000;
  public static final int CLOEXEC = 0x80000;
  public static final int PATH = 0x200000;
  public static final int TMPFILE = 0x400000 | DIRECTORY;

  private OpenFlags() {}
}
