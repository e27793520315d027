package io.overc.overlay;

import java.util.List;

/**
 * Says what a new look at the sources of one directory found.
 *
 * @param result the figures as they are now
 * @param newlyShared how many files are shared that were not before
 * @param changes the shared files that changed or vanished in their source; the first {@link
 *     #LISTED} of them
 * @param changed how many changed or vanished in all
 */
public record DirectoryRescan(
    DirectoryResult result, long newlyShared, List<SourceChange> changes, long changed) {
  /** The most changes that are listed one by one. */
  public static final int LISTED = 1000;

  /**
   * Copies the list.
   *
   * @param result the figures as they are now
   * @param newlyShared how many files are shared that were not before
   * @param changes the shared files that changed or vanished in their source
   * @param changed how many changed or vanished in all
   */
  public DirectoryRescan {
    changes = List.copyOf(changes);
  }
}
