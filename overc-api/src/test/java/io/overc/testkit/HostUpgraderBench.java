package io.overc.testkit;

import io.overc.host.HostUpgrader;
import io.overc.spi.SideEffects;
import java.util.Map;
import java.util.Optional;

/**
 * A host under test, and what only its maker can do with it. It has one package and its kernel,
 * both of the same version.
 */
public interface HostUpgraderBench {
  /** Makes the host as it was in the beginning: version 1 runs, it was never upgraded. */
  void reset();

  /**
   * Returns an upgrader of the host.
   *
   * @param points the fault-injection points of what it changes
   * @return a new one
   */
  HostUpgrader upgrader(SideEffects points);

  /**
   * Offers a version of the package and of the kernel, to what runs and to what is pending.
   *
   * @param version a number
   */
  void publish(String version);

  /** Boots the normal entry. */
  void reboot();

  /** Boots the backup entry. */
  void rebootIntoBackup();

  /**
   * Returns the version of the package in the running root.
   *
   * @return a number
   */
  String version();

  /**
   * Returns the version of the kernel that the normal boot entry boots.
   *
   * @return a number
   */
  String kernel();

  /**
   * Returns everything that decides what boots, so that two moments can be compared.
   *
   * @return names and values
   */
  Map<String, String> everything();

  /**
   * Returns of {@link #everything} what does not belong to the backup, which an upgrade that fails
   * late may already have renewed.
   *
   * @return names and values
   */
  Map<String, String> everythingButTheBackup();

  /**
   * Tries to upgrade the host from another process, while it is locked by this one.
   *
   * @return the exception of the other process as text; empty if this bench has no other process
   */
  default Optional<String> upgradeInAnotherProcess() {
    return Optional.empty();
  }

  /**
   * Runs an operation in another process that is killed at a point.
   *
   * @param operation the operation
   * @param point the number of the point, from 0
   * @return whether this bench can do so; without it nothing was done
   */
  default boolean kill(HostUpgraderAct operation, int point) {
    return false;
  }
}
