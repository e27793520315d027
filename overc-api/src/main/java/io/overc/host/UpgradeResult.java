package io.overc.host;

import java.util.List;
import java.util.Optional;

/**
 * What an upgrade did.
 *
 * @param upgraded whether a new root waits for the next boot; false if nothing was newer
 * @param slot the root that the next boot mounts; empty if nothing was newer
 * @param packages the packages that changed
 * @param kernelChanged whether the next boot uses another kernel
 * @param rebooting whether the reboot command was run
 */
public record UpgradeResult(
    boolean upgraded,
    Optional<String> slot,
    List<PackageChange> packages,
    boolean kernelChanged,
    boolean rebooting) {

  /**
   * Copies the list.
   *
   * @param upgraded whether a new root waits for the next boot; false if nothing was newer
   * @param slot the root that the next boot mounts; empty if nothing was newer
   * @param packages the packages that changed
   * @param kernelChanged whether the next boot uses another kernel
   * @param rebooting whether the reboot command was run
   */
  public UpgradeResult {
    packages = List.copyOf(packages);
  }

  /** {@return the result of an upgrade that found nothing newer and changed nothing} */
  public static UpgradeResult nothingNewer() {
    return new UpgradeResult(false, Optional.empty(), List.of(), false, false);
  }
}
