package io.overc.btrfs.state;

import java.util.Locale;

/** The changes of a host that the journal can name; the names are those on the disk. */
public enum HostChange {
  /** A new root was made from the running one, or from the pending one. */
  UPGRADE,
  /** A new root was made from the backup. */
  ROLLBACK,
  /** What was pending was dropped. */
  CANCEL;

  /**
   * Returns the name for people.
   *
   * @return in lower case
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
