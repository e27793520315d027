package io.overc.error;

/**
 * Signals a value that cannot be what it is given for, such as an invalid name of a container.
 * Nothing was attempted.
 *
 * <p>Command lines turn it into exit code 2.
 */
public class InvalidArgumentException extends OvercException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message which value, what for, and what is allowed
   */
  public InvalidArgumentException(String message) {
    super(message);
  }
}
