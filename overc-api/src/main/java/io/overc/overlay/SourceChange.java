package io.overc.overlay;

/**
 * Tells of a shared file that is not in its source any more as it was when it was shared.
 *
 * @param path as the container sees it, absolute; what cannot be shown is escaped
 * @param kind how it changed
 */
public record SourceChange(String path, Kind kind) {

  /** How a shared file changed in its source. */
  public enum Kind {
    /** It is another one by now, which is what the container sees. */
    CHANGED,
    /** It is gone, from the container too. */
    VANISHED
  }
}
