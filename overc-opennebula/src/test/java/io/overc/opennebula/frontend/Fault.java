package io.overc.opennebula.frontend;

/** What goes wrong with one call. */
public enum Fault {
  /** The answer is a fault; nothing was done. */
  FAULT,
  /** OpenNebula refuses; nothing was done. */
  REFUSAL,
  /** It is done, and no answer comes. */
  TIMEOUT,
  /** The connection is cut before anything was done. */
  CUT_BEFORE,
  /** It is done, and the connection is cut. */
  CUT_AFTER
}
