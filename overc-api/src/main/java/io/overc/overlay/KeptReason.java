package io.overc.overlay;

/** Says why a file stays in the container; where several reasons hold, the first one counts. */
public enum KeptReason {
  /** It is a socket: whoever listens makes it anew, and it takes no space. */
  SOCKET,
  /** It is one of several names of a file, in the container or in the source. */
  HARD_LINK,
  /** It is immutable or append-only (chattr(1)), so it cannot be removed. */
  IMMUTABLE,
  /** No source has the path. */
  NOT_IN_SOURCES,
  /** What the source has cannot be told: something is mounted over it. */
  OBSCURED,
  /** The source has something of another type. */
  TYPE,
  /** Its permissions, set-user-ID, set-group-ID or sticky bit differ. */
  MODE,
  /** Its owner or its group differs. */
  OWNER,
  /** It is a device with another number. */
  DEVICE,
  /** It has another length or other bytes. */
  CONTENT,
  /** It is a symbolic link to something else. */
  TARGET,
  /** Its extended attributes differ, such as capabilities or access control lists. */
  ATTRIBUTES,
  /** It, or what the source has, was changed while it was compared. */
  CHANGED,
  /** It, or what the source has, cannot be read. */
  UNREADABLE
}
