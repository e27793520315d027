package io.overc.overlay;

/** The result of a request. */
public enum Outcome {
  /** Nothing was touched: it was only asked what would be done. */
  PLANNED,
  /** It is done. */
  DONE,
  /** It is queued, as the container runs. */
  DEFERRED
}
