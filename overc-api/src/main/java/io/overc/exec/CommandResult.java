package io.overc.exec;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * Holds the result of a {@link Command}.
 *
 * @param command what ran
 * @param exitCode what it returned; 128 + n if signal n ended it
 * @param stdout its standard output as UTF-8, secrets replaced; where it was longer than {@link
 *     Command#outputLimit()}, head and tail with a line between that says how much is missing
 * @param stderr its standard error, likewise
 * @param took how long it ran
 */
public record CommandResult(
    Command command, int exitCode, String stdout, String stderr, Duration took) {

  /** {@return whether the tool returned 0} */
  public boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * Returns this result if the tool returned 0.
   *
   * @param attempt what was attempted, for the message, for example {@code snapshot rootfs}
   * @return this
   * @throws CommandFailedException if it returned something else
   */
  public CommandResult orThrow(String attempt) {
    if (!succeeded()) {
      throw new CommandFailedException(attempt, this);
    }
    return this;
  }

  /** {@return the lines of the standard output, without their ends} */
  public Stream<String> lines() {
    return stdout.lines();
  }
}
