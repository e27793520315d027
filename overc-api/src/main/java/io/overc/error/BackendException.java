package io.overc.error;

/**
 * Signals that no backend could be chosen: none found, none of that id, several without a choice,
 * or two with the same id. The message names what was found and what to add or to choose.
 */
public class BackendException extends OvercException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was looked for, what was found and what to do
   */
  public BackendException(String message) {
    super(message);
  }
}
