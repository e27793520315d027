package io.overc.error;

/**
 * Signals that a guard refused the operation before anything was touched.
 *
 * <p>Command lines turn it into exit code 3.
 */
public class RefusedException extends OvercException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was attempted, on what, why it failed and what to do
   */
  public RefusedException(String message) {
    super(message);
  }
}
