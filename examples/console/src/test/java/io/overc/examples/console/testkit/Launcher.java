package io.overc.examples.console.testkit;

import java.nio.file.Path;

/** Finds the scripts in {@code examples/bin}; the tests of every module run in its directory. */
public final class Launcher {
  private Launcher() {}

  /**
   * Returns the path of a launcher.
   *
   * @param program its name
   * @return an absolute path
   */
  public static Path path(String program) {
    return Path.of("..", "bin", program).toAbsolutePath().normalize();
  }
}
