package io.overc.error;

import org.jspecify.annotations.Nullable;

/**
 * Signals that an operation was cancelled because its deadline passed. As with an interrupt, no
 * child process of the operation is left running; the interrupt flag of the thread is not set.
 */
public class DeadlineExceededException extends InterruptedOperationException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was cancelled
   * @param cause what noticed the deadline, or null
   */
  public DeadlineExceededException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
