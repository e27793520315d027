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

  /**
   * Creates an exception with a remedy.
   *
   * @param problem what was attempted, on what and why it failed
   * @param remedy what to do; ends the message
   */
  public NotFoundException(String problem, Remedy remedy) {
    super(problem, remedy);
  }
}
