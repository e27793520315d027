package io.overc.btrfs;

import java.nio.file.Path;

/** Prints what a preflight finds, from a process of its own. */
final class PreflightMain {
  private PreflightMain() {}

  /** Takes where the root and the boot partition are mounted. */
  public static void main(String[] arguments) {
    BtrfsHostUpgrader.builder()
        .root(Path.of(arguments[0]))
        .boot(Path.of(arguments[1]))
        .build()
        .preflight()
        .broken()
        .forEach(System.out::println);
  }
}
