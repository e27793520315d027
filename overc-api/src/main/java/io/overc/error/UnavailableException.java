package io.overc.error;

/**
 * Signals that this machine lacks what the operation needs: a tool, a privilege, a kernel feature
 * or a server. The message says what to install or to change.
 */
public class UnavailableException extends OvercException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was attempted, on what, why it failed and what to do
   */
  public UnavailableException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a remedy.
   *
   * @param problem what was attempted, on what and why it failed
   * @param remedy what to do; ends the message
   */
  public UnavailableException(String problem, Remedy remedy) {
    super(problem, remedy);
  }
}
