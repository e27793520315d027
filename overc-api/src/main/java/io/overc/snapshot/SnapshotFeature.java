package io.overc.snapshot;

/** Names what a store may be able to do; the methods concerned refuse where it cannot. */
public enum SnapshotFeature {
  /** {@link SnapshotStore#restore} under a name that does not exist. */
  RESTORE_AS,
  /** {@link SnapshotStore#restore} over the subject itself. */
  RESTORE_IN_PLACE,
  /** {@link SnapshotOptions#comment()} is kept. */
  COMMENTS,
  /** {@link SnapshotOptions#freeze()}: a running subject stands still while it is snapshotted. */
  FREEZE,
  /** {@link SnapshotOptions#fullCopy()}: a snapshot that shares nothing with its subject. */
  FULL_COPY,
  /** {@link SnapshotStore#exportTo}. */
  EXPORT,
  /** {@link SnapshotStore#importFrom}. */
  IMPORT
}
