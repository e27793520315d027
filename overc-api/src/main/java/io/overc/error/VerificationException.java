package io.overc.error;

/**
 * Signals that data is not what it claims to be: a checksum or size that differs, a truncated
 * archive, a corrupt journal. The data was not used.
 */
public class VerificationException extends OvercException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was attempted, on what, why it failed and what to do
   */
  public VerificationException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a remedy.
   *
   * @param problem what was attempted, on what and why it failed
   * @param remedy what to do; ends the message
   */
  public VerificationException(String problem, Remedy remedy) {
    super(problem, remedy);
  }
}
