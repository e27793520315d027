package io.overc.btrfs.state;

/** The names on disk, as the deployed systems have them. */
public final class Layout {
  /** The slot a system is installed in. */
  public static final String ROOTFS = "rootfs";

  /** The other slot. */
  public static final String UPGRADE = "rootfs_upgrade";

  /** What the backup boot entry boots. */
  public static final String BACKUP = "rootfs_bakup";

  /** A failed upgrade that was kept on request. */
  public static final String FAILED = "rootfs_failed_";

  /** The directory for our own state, in the top-level subvolume. */
  public static final String STATE = ".overc";

  private static final String FRESH = ".new";

  private Layout() {}

  /** Returns the name under which something is built before it takes its own name. */
  public static String fresh(String name) {
    return name + FRESH;
  }

  /** Tells whether a root of this name may run. */
  public static boolean isSlot(String name) {
    return name.equals(ROOTFS) || name.equals(UPGRADE);
  }
}
