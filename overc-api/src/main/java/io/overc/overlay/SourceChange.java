package io.overc.overlay;

/**
 * Tells of a shared file that is not in its source any more as it was when it was shared.
 *
 * @param path as the container sees it, absolute; what cannot be shown is escaped
 * @param kind what became of it
 */
public record SourceChange(String path, Kind kind) {

  /** Says what became of a shared file. */
  public enum Kind {
    /** It is another one by now, which is what the container sees. */
    CHANGED,
    /** It is gone, from the container too. */
    VANISHED
  }
}
