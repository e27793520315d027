package io.overc.spi;

import io.overc.exec.Tools;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says whether a backend can work on this machine.
 *
 * @param usable whether it can
 * @param reason why, or why not and what to do
 */
public record Availability(boolean usable, String reason) {

  /**
   * {@return the availability of a backend that can work}
   *
   * @param reason what makes it so
   */
  public static Availability usable(String reason) {
    return new Availability(true, reason);
  }

  /**
   * {@return the availability of a backend that cannot work}
   *
   * @param reason why not and what to do
   */
  public static Availability unusable(String reason) {
    return new Availability(false, reason);
  }

  /**
   * Says whether all of several tools are on the PATH.
   *
   * @param tools their names
   * @return usable if none is missing; else each missing one with its fix
   */
  public static Availability ofTools(String... tools) {
    List<String> missing = Tools.missing(tools);
    return missing.isEmpty()
        ? usable("found " + String.join(", ", tools))
        : unusable(
            missing.stream()
                .map(tool -> "'" + tool + "' is missing: " + Tools.fix(tool))
                .collect(Collectors.joining("; ")));
  }
}
