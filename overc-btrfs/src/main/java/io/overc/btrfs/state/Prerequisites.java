package io.overc.btrfs.state;

import io.overc.error.OvercException;
import io.overc.error.Remedy;
import io.overc.error.UnavailableException;
import io.overc.exec.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What this process must have before a host can be looked at: the privilege and the tools. */
public final class Prerequisites {
  private static final List<String> TOOLS =
      List.of("btrfs", "unshare", "nsenter", "mount", "chroot");

  private Prerequisites() {}

  /**
   * Returns the tools that host upgrades run.
   *
   * @return their names
   */
  public static String[] tools() {
    return TOOLS.toArray(String[]::new);
  }

  /**
   * Tells whether this process is root.
   *
   * @return whether it is
   */
  public static boolean isRoot() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    } catch (IOException e) {
      throw new OvercException("Could not read the user of this process: " + e, e);
    }
  }

  /**
   * Returns how to install the tools that are missing.
   *
   * @return what to do, a clause for each of them; empty if none is missing
   */
  public static String installation() {
    return Tools.missing(tools()).stream()
        .map(tool -> "'" + tool + "' is missing: " + Tools.fix(tool))
        .collect(Collectors.joining("; "));
  }

  /** Refuses to begin without the privilege and the tools. */
  static void require() {
    if (!isRoot()) {
      throw new UnavailableException(
          "Host upgrades need root privilege", Remedy.other("run as root"));
    }
    String missing = installation();
    if (!missing.isEmpty()) {
      throw new UnavailableException(missing);
    }
  }
}
