package io.overc.error;

import org.jspecify.annotations.Nullable;

/**
 * Signals that OverC could not do what was asked.
 *
 * <p>The message says what was attempted, on what, why it failed and what to do about it. It never
 * carries a secret. Subclasses say which kind of failure it was, one class per way a caller may
 * want to react.
 */
public class OvercException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was attempted, on what, why it failed and what to do
   */
  public OvercException(String message) {
    super(message);
  }

  /**
   * Creates an exception with its cause.
   *
   * @param message what was attempted, on what, why it failed and what to do
   * @param cause what went wrong below, or null
   */
  public OvercException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
