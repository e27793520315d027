package io.overc.docker.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells whether this process has a terminal, which docker must be told. */
final class Terminal {
  private Terminal() {}

  /** Returns the options of {@code docker exec} that lend what this process has. */
  static List<String> options() {
    return isTerminal(0) && isTerminal(1)
        ? List.of("--interactive", "--tty")
        : List.of("--interactive");
  }

  /** The console of the JDK is no answer: since JDK 22 there is one without a terminal too. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
