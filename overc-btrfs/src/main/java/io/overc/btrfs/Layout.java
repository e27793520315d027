package io.overc.btrfs;

/** The names on disk, as the deployed systems have them. */
final class Layout {
  /** The slot a system is installed in. */
  static final String ROOTFS = "rootfs";

  /** The other slot. */
  static final String UPGRADE = "rootfs_upgrade";

  /** What the backup boot entry boots. */
  static final String BACKUP = "rootfs_bakup";

  /** A failed upgrade that was kept on request. */
  static final String FAILED = "rootfs_failed_";

  /** The directory for our own state, in the top-level subvolume. */
  static final String STATE = ".overc";

  private static final String FRESH = ".new";

  private Layout() {}

  /** Returns the name under which something is built before it takes its own name. */
  static String fresh(String name) {
    return name + FRESH;
  }

  static boolean isSlot(String name) {
    return name.equals(ROOTFS) || name.equals(UPGRADE);
  }
}
