package io.overc.snapshot;

import java.util.Optional;

/**
 * Says how a snapshot is made.
 *
 * @param comment what to remember with it; any text, kept as it is
 * @param freeze whether a running subject stands still meanwhile
 * @param fullCopy whether to copy where the subject cannot be shared
 */
public record SnapshotOptions(Optional<String> comment, boolean freeze, boolean fullCopy) {

  /**
   * Returns the options for a snapshot without a comment.
   *
   * @return no comment, no freeze, no full copy
   */
  public static SnapshotOptions defaults() {
    return new SnapshotOptions(Optional.empty(), false, false);
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
