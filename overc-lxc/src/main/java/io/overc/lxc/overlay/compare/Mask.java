package io.overc.lxc.overlay.compare;

/** How the mask directory, the topmost lower layer, hides what only sources have. */
public enum Mask {
  /**
   * The path becomes a whiteout (character device 0/0) in the mask directory; it hides a whole
   * subtree. Its parents are directories in the compared directory, hence in the upper layer, so
   * owner, mode and attributes of the mask's own directories are never seen.
   */
  WHITEOUT,
  /**
   * The path, a directory of the compared directory, becomes a directory with {@code
   * trusted.overlay.opaque=y} in the mask directory: no source contributes to it. Needed where what
   * a source would contribute cannot be told; nothing below it is masked.
   */
  OPAQUE
}
