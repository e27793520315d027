package io.overc.lxc.overlay.compare;

/**
 * What cannot be seen through an overlay as it is seen now. A directory with an obstacle anywhere
 * below it must not become an upper layer.
 */
public enum Obstacle {
  /** A character device 0/0: an upper layer's whiteout, so it would disappear. */
  WHITEOUT,
  /**
   * A directory, or a file that would be shared, with an attribute {@code trusted.overlay.*} that
   * means something to the overlay (all but {@code origin}, {@code impure} and {@code uuid}, which
   * an overlay that was mounted there once leaves behind).
   */
  OVERLAY_ATTRIBUTE,
  /** Something else is mounted there: an overlay does not see mounts below its layers. */
  MOUNT_POINT,
  /**
   * A directory whose path below the compared one has more than {@value Comparison#LONGEST} bytes:
   * it could not be named in the mask directory.
   */
  TOO_DEEP
}
