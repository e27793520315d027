package io.overc.container;

/** Says what an operation that needs an inactive container does with an active one. */
public enum WhenActive {
  /** Refuses; nothing is touched. */
  REFUSE,
  /** Stops it first: the {@code -f} of the command line. */
  STOP
}
