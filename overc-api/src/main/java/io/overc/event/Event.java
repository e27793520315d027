package io.overc.event;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Tells something about a running operation.
 *
 * <p>Order: one {@link Started}; then for each step one {@link StepStarted}, any number of {@link
 * Progressed}, {@link Output} and {@link Warned}, one {@link StepFinished}; at the end one {@link
 * Finished} and nothing after it. A step that fails has no {@link StepFinished}. {@link Output} and
 * {@link Warned} may also come between steps.
 */
public sealed interface Event {

  /**
   * Returns what is being done, in words that stay the same, for example {@code host upgrade}.
   *
   * @return the operation
   */
  String operation();

  /**
   * Tells that an operation has begun.
   *
   * @param operation what is being done
   * @param subject on what it is done
   * @param steps how many steps it will take at most
   */
  record Started(String operation, String subject, int steps) implements Event {}

  /**
   * Tells that a step has begun.
   *
   * @param operation what is being done
   * @param step the number of the step, from 1
   * @param steps how many steps there are at most
   * @param title what the step does
   */
  record StepStarted(String operation, int step, int steps, String title) implements Event {}

  /**
   * Tells how far a step has come.
   *
   * @param operation what is being done
   * @param step the number of the step, from 1
   * @param unit what is counted
   * @param done how much is done
   * @param total how much there is, if known
   */
  record Progressed(String operation, int step, Unit unit, long done, OptionalLong total)
      implements Event {}

  /**
   * Carries one line that a tool printed, without its line end.
   *
   * @param operation what is being done
   * @param step the number of the step that runs or ran last, from 1; 0 before the first
   * @param tool the name of the tool
   * @param line the line; secrets are replaced
   */
  record Output(String operation, int step, String tool, String line) implements Event {}

  /**
   * Tells something a person should know although the operation goes on.
   *
   * @param operation what is being done
   * @param message what to know
   */
  record Warned(String operation, String message) implements Event {}

  /**
   * Tells that a step is done.
   *
   * @param operation what is being done
   * @param step the number of the step, from 1
   * @param steps how many steps there are at most
   * @param title what the step did
   * @param took how long it took
   */
  record StepFinished(String operation, int step, int steps, String title, Duration took)
      implements Event {}

  /**
   * Tells that an operation has ended.
   *
   * @param operation what was done
   * @param succeeded whether it did what was asked
   * @param message what came out, or why it failed
   * @param took how long it took
   */
  record Finished(String operation, boolean succeeded, String message, Duration took)
      implements Event {}

  /** What {@link Progressed} counts. */
  enum Unit {
    /** Bytes. */
    BYTES,
    /** Files, packages, images: things one can count. */
    ITEMS,
    /** Hundredths of the whole. */
    PERCENT
  }
}
