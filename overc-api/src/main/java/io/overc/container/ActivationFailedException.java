package io.overc.container;

import io.overc.error.OvercException;
import org.jspecify.annotations.Nullable;

/** Signals that a new container failed, and says what runs in its place. */
public class ActivationFailedException extends OvercException {
  private static final long serialVersionUID = 1L;

  /** Whether everything is as before. */
  private final boolean wentBack;

  /**
   * Creates an exception.
   *
   * @param message what was attempted on which container, why it failed, whether the old one is
   *     back, and what to do
   * @param wentBack whether the container is as it was before the call
   * @param cause what went wrong below, or null
   */
  public ActivationFailedException(String message, boolean wentBack, @Nullable Throwable cause) {
    super(message, cause);
    this.wentBack = wentBack;
  }

  /**
   * {@return whether the container is as it was before the call: the old one is back, active if it
   * was active; or absent if it was absent}
   */
  public boolean wentBack() {
    return wentBack;
  }
}
