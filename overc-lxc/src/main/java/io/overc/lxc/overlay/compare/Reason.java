package io.overc.lxc.overlay.compare;

/** Why an entry stays in the directory; where several reasons hold, the one that is found first. */
public enum Reason {
  /** It is a directory: its attributes come from the upper layer. */
  DIRECTORY,
  /** It is a socket: whoever listens makes it anew, and it takes no space. */
  SOCKET,
  /**
   * It is one of several names of a file, here or in the source: removed and provided by a source,
   * the names here would no longer be one file, or would become one.
   */
  HARD_LINK,
  /** It is immutable or append-only (chattr(1)), so it cannot be removed. */
  IMMUTABLE,
  /** No source provides the path. */
  NOT_IN_SOURCES,
  /** What the overlay would find there cannot be told: something is mounted over it in a source. */
  OBSCURED,
  /** The source has something of another type. */
  TYPE,
  /** Its permissions, set-user-ID, set-group-ID or sticky bit differ. */
  MODE,
  /** Its owner or its group differs. */
  OWNER,
  /** It is a device with another number. */
  DEVICE,
  /** It is a regular file of another length or with other bytes. */
  CONTENT,
  /** It is a symbolic link to something else. */
  TARGET,
  /**
   * Its extended attributes differ: capabilities, access control lists, labels, user attributes.
   */
  ATTRIBUTES,
  /** It, or what the source has, was changed or replaced while it was compared. */
  CHANGED,
  /** It, or what the source has, cannot be read. */
  UNREADABLE
}
