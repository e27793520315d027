package io.overc.error;

/** Signals that the container, snapshot, image or other thing that was named does not exist. */
public class NotFoundException extends OvercException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was attempted, on what, why it failed and what to do
   */
  public NotFoundException(String message) {
    super(message);
  }
}
