package io.overc.container;

/** Says whether an operation changed anything. */
public enum Change {
  /** It did what was asked. */
  CHANGED,
  /** Everything was so already. */
  UNCHANGED,
  /** It succeeded, and the backend does not say which (site scripts). */
  UNKNOWN
}
