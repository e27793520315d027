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
}
