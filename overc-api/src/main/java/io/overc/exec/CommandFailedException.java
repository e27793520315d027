package io.overc.exec;

import io.overc.error.OvercException;

/**
 * Signals that a tool failed. The message says what was attempted, with which command, its exit
 * code and the end of what it printed.
 */
public class CommandFailedException extends OvercException {
  private static final long serialVersionUID = 1L;
  private static final int TAIL = 2000;

  private final transient CommandResult result;

  /**
   * Creates an exception.
   *
   * @param attempt what was attempted
   * @param result how the command ended
   */
  public CommandFailedException(String attempt, CommandResult result) {
    this(attempt, "returned " + result.exitCode(), result);
  }

  CommandFailedException(String attempt, String how, CommandResult result) {
    super(
        Redaction.of(result.command().secrets()).apply("Could not " + attempt)
            + ": "
            + result.command().summary()
            + " "
            + how
            + tail(result));
    this.result = result;
  }

  /** {@return how the command ended; not kept when this exception is serialized} */
  public CommandResult result() {
    return result;
  }

  private static String tail(CommandResult result) {
    String text = (result.stderr().isBlank() ? result.stdout() : result.stderr()).strip();
    if (text.isEmpty()) {
      return " and printed nothing";
    }
    return ": " + (text.length() <= TAIL ? text : "… " + text.substring(text.length() - TAIL));
  }
}
