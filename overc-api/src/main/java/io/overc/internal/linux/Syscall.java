package io.overc.internal.linux;

import java.util.Locale;

/**
 * The numbers of system calls for which older C libraries have no function: openat2 nowhere,
 * getdents64 before glibc 2.30, mknodat before 2.33.
 */
final class Syscall {
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
