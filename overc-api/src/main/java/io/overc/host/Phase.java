package io.overc.host;

/** Where a host stands between upgrades. */
public enum Phase {
  /** The next boot mounts the running root. */
  CLEAN,
  /** The next boot mounts an upgraded system. */
  UPGRADE_PENDING,
  /** The next boot mounts the system as it was before the last upgrade. */
  ROLLBACK_PENDING,
  /** The backup runs: it was chosen in the boot menu. Neither upgrade nor rollback is possible. */
  BACKUP_MODE,
  /** An operation was interrupted; {@link HostUpgrader#recover} finishes or undoes it. */
  INTERRUPTED
}
