package io.overc.error;

import org.jspecify.annotations.Nullable;

/**
 * Signals that the calling thread was interrupted. Its interrupt flag is set again when this is
 * thrown, and no child process of the operation is left running.
 */
public class InterruptedOperationException extends OvercException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was interrupted
   * @param cause the interruption, or null
   */
  public InterruptedOperationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
