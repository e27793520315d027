package io.overc.snapshot;

import java.util.Optional;

/**
 * Says how a snapshot is made. Defaults: no comment, what runs goes on, and what can be shared with
 * the subject is. Immutable, thread-safe.
 */
public final class SnapshotOptions {
  private static final SnapshotOptions DEFAULTS =
      new SnapshotOptions(Optional.empty(), false, false);

  private final Optional<String> comment;
  private final boolean freeze;
  private final boolean fullCopy;

  private SnapshotOptions(Optional<String> comment, boolean freeze, boolean fullCopy) {
    this.comment = comment;
    this.freeze = freeze;
    this.fullCopy = fullCopy;
  }

  /**
   * Returns what is remembered with the snapshot.
   *
   * @return any text, kept as it is; empty for none
   */
  public Optional<String> comment() {
    return comment;
  }

  /**
   * Tells whether a running subject stands still meanwhile.
   *
   * @return whether it does; needs {@link SnapshotFeature#FREEZE}
   */
  public boolean freeze() {
    return freeze;
  }

  /**
   * Tells whether nothing is shared with the subject.
   *
   * @return whether all is copied; needs {@link SnapshotFeature#FULL_COPY}
   */
  public boolean fullCopy() {
    return fullCopy;
  }

  /**
   * Returns the options for a snapshot without a comment.
   *
   * @return no comment, no freeze, no full copy
   */
  public static SnapshotOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns the same options with a comment.
   *
   * @param text the comment
   * @return the new options
   */
  public SnapshotOptions withComment(String text) {
    return new SnapshotOptions(Optional.of(text), freeze, fullCopy);
  }

  /**
   * Returns the same options with the subject standing still.
   *
   * @return the new options
   */
  public SnapshotOptions withFreeze() {
    return new SnapshotOptions(comment, true, fullCopy);
  }

  /**
   * Returns the same options with a full copy.
   *
   * @return the new options
   */
  public SnapshotOptions withFullCopy() {
    return new SnapshotOptions(comment, freeze, true);
  }
}
