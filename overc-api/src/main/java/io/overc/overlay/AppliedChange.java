package io.overc.overlay;

import java.util.List;
import java.util.Optional;

/**
 * The result of a queued change.
 *
 * @param container whose change it is
 * @param kind what was asked for
 * @param directories on which directories
 * @param result whether it was made
 * @param detail why not; empty if it was made
 */
public record AppliedChange(
    String container, Kind kind, List<String> directories, Result result, Optional<String> detail) {

  /**
   * Copies the list.
   *
   * @param container whose change it is
   * @param kind what was asked for
   * @param directories on which directories
   * @param result whether it was made
   * @param detail why not; empty if it was made
   */
  public AppliedChange {
    directories = List.copyOf(directories);
  }

  /** Says what was asked for. */
  public enum Kind {
    /** To share. */
    SHARE,
    /** To share no longer. */
    STOP
  }

  /** Says whether it was made. */
  public enum Result {
    /** It was made. */
    APPLIED,
    /** The container runs, so it stays queued. */
    RUNNING,
    /** It failed and stays queued. */
    FAILED
  }
}
