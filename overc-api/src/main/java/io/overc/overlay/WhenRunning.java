package io.overc.overlay;

/** Says what to do with a container that runs, as its layout cannot be changed then. */
public enum WhenRunning {
  /** Refuse. */
  REFUSE,
  /**
   * Queue the change: it is made before the next start, or by {@link OverlaySharing#applyPending}.
   */
  DEFER
}
