package io.overc.exec;

/** Signals that a tool did not end in time; its whole process tree was ended. */
public class CommandTimeoutException extends CommandFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param result what the command printed until then
   */
  public CommandTimeoutException(CommandResult result) {
    super(
        "run " + result.command().tool(),
        "did not end within " + result.command().timeout().toMillis() + " ms and was ended",
        result);
  }
}
