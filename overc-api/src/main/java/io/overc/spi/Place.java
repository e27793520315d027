package io.overc.spi;

/**
 * The places of one container. A backend maps them to names of its own, such as {@code web}, {@code
 * web.overc-new} and {@code web.overc-old}; people and other tools know only the first.
 */
public enum Place {
  /** The container itself, under its name. */
  CURRENT,
  /** A new one that is complete and has not replaced anything yet. */
  FRESH,
  /** The one that was replaced, until the new one is known to work. */
  OLD
}
