package io.overc.testkit;

import io.overc.exec.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Says what a real test needs. Where it is missing the test is skipped with the reason, or fails if
 * the system property {@code overcreal} is {@code require}.
 */
public final class Real {
  private Real() {}

  /**
   * Needs tools.
   *
   * @param names their names
   */
  public static void tools(String... names) {
    List<String> missing = Tools.missing(names);
    need(missing.isEmpty(), "missing tools: " + missing);
  }

  /** Needs the user to be root. */
  public static void root() {
    need(isRoot(), "needs root");
  }

  /**
   * Needs something to be so.
   *
   * @param met whether it is
   * @param reason what is missing
   */
  public static void need(boolean met, String reason) {
    if (System.getProperty("overcreal", "prefer").equals("require")) {
      Assertions.assertTrue(met, reason);
    } else {
      Assumptions.assumeTrue(met, reason);
    }
  }

  /**
   * Tells whether every case of a matrix is to run, not a sample that strikes each point.
   *
   * @return whether the system property {@code overccases} is {@code full}
   */
  public static boolean everyCase() {
    return System.getProperty("overccases", "sample").equals("full");
  }

  private static boolean isRoot() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    } catch (IOException e) {
      throw new IllegalStateException("cannot tell who runs this", e);
    }
  }
}
