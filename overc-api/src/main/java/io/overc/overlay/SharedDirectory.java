package io.overc.overlay;

import java.util.List;

/**
 * Describes a directory that a container shares, or will share.
 *
 * @param directory as the container sees it, absolute
 * @param sources where from, the first one first
 * @param state whether it is so already
 */
public record SharedDirectory(String directory, List<String> sources, State state) {

  /**
   * Copies the list.
   *
   * @param directory as the container sees it, absolute
   * @param sources where from, the first one first
   * @param state whether it is so already
   */
  public SharedDirectory {
    sources = List.copyOf(sources);
  }

  /** Says whether a directory is shared. */
  public enum State {
    /** It is shared. */
    SHARED,
    /** It is queued to be shared. */
    SHARE_PENDING,
    /** It is shared, and queued to be shared no longer. */
    STOP_PENDING
  }
}
