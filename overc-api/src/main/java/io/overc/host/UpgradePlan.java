package io.overc.host;

import java.util.List;

/**
 * What an upgrade would do.
 *
 * @param packages the packages that would change
 * @param actions what would be done, in order; empty if nothing is newer and nothing is forced
 */
public record UpgradePlan(List<PackageChange> packages, List<Action> actions) {

  /**
   * Copies the lists.
   *
   * @param packages the packages that would change
   * @param actions what would be done, in order; empty if nothing is newer and nothing is forced
   */
  public UpgradePlan {
    packages = List.copyOf(packages);
    actions = List.copyOf(actions);
  }

  /**
   * One step of an upgrade.
   *
   * @param kind what is done
   * @param detail on what
   */
  public record Action(Kind kind, String detail) {}

  /** The kinds of steps. */
  public enum Kind {
    /** A root is snapshotted. */
    SNAPSHOT,
    /** Packages are upgraded in a snapshot. */
    UPGRADE,
    /** A kernel or a file that belongs to it is copied. */
    COPY,
    /** The next boot is switched to another root. */
    SWITCH,
    /** A root that nothing needs any more is deleted. */
    DELETE
  }
}
