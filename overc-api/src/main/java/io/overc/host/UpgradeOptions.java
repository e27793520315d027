package io.overc.host;

/**
 * Says how a host is upgraded.
 *
 * @param force whether to make and switch to a new root although no package is newer
 * @param keepFailed whether to keep the new root when the package manager fails, to look into it
 * @param reboot whether to reboot when all is done
 * @param pending what to do if an upgrade is pending already
 */
public record UpgradeOptions(
    boolean force, boolean keepFailed, boolean reboot, PendingPolicy pending) {

  /** Says what a second upgrade does while one is pending. */
  public enum PendingPolicy {
    /** Refuse. */
    REFUSE,
    /** Upgrade the pending root further. */
    CONTINUE,
    /** Drop the pending root and upgrade the running one. */
    REPLACE
  }

  /**
   * Returns the options of a plain upgrade.
   *
   * @return nothing forced, nothing kept, no reboot, refused while one is pending
   */
  public static UpgradeOptions defaults() {
    return new UpgradeOptions(false, false, false, PendingPolicy.REFUSE);
  }

  /**
   * Returns the same options, forced or not.
   *
   * @param value whether to upgrade although nothing is newer
   * @return the new options
   */
  public UpgradeOptions withForce(boolean value) {
    return new UpgradeOptions(value, keepFailed, reboot, pending);
  }

  /**
   * Returns the same options, keeping a failed root or not.
   *
   * @param value whether to keep it
   * @return the new options
   */
  public UpgradeOptions withKeepFailed(boolean value) {
    return new UpgradeOptions(force, value, reboot, pending);
  }

  /**
   * Returns the same options, with a reboot or without.
   *
   * @param value whether to reboot
   * @return the new options
   */
  public UpgradeOptions withReboot(boolean value) {
    return new UpgradeOptions(force, keepFailed, value, pending);
  }

  /**
   * Returns the same options with another policy.
   *
   * @param value what to do if an upgrade is pending
   * @return the new options
   */
  public UpgradeOptions withPending(PendingPolicy value) {
    return new UpgradeOptions(force, keepFailed, reboot, value);
  }
}
