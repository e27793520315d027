package io.overc.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells something about a running operation.
 *
 * <p>Order: one {@link Started}; then for each step one {@link StepStarted}, any number of {@link
 * Progressed}, {@link Output} and {@link Warned}, one {@link StepFinished}; at the end one {@link
 * Finished} and nothing after it. A step that fails has no {@link StepFinished}. {@link Output} and
 * {@link Warned} may also come between steps. The events of an operation that is a part of another
 * one ({@link OperationInfo#parent}) lie between two events of that one, in the same order.
 */
public sealed interface Event {

  /** {@return which operation this is about} */
  OperationInfo operation();

  /** {@return when it happened, by the clock of this machine} */
  Instant time();

  /**
   * Tells that an operation has begun.
   *
   * @param operation which operation
   * @param time when it happened
   */
  record Started(OperationInfo operation, Instant time) implements Event {}

  /**
   * Tells that a step has begun.
   *
   * @param operation which operation
   * @param time when it happened
   * @param step the number of the step, from 1
   * @param title what the step does
   */
  record StepStarted(OperationInfo operation, Instant time, int step, String title)
      implements Event {}

  /**
   * Tells how far a step has come.
   *
   * @param operation which operation
   * @param time when it happened
   * @param step the number of the step, from 1
   * @param unit what is counted
   * @param done how much is done
   * @param total how much there is, if known
   */
  record Progressed(
      OperationInfo operation, Instant time, int step, Unit unit, long done, OptionalLong total)
      implements Event {}

  /**
   * Carries one line that a tool printed, without its line end.
   *
   * @param operation which operation
   * @param time when it happened
   * @param step the number of the step that runs or ran last, from 1; 0 before the first
   * @param tool the name of the tool
   * @param line the line; secrets are replaced
   */
  record Output(OperationInfo operation, Instant time, int step, String tool, String line)
      implements Event {}

  /**
   * Tells something a person should know although the operation goes on.
   *
   * @param operation which operation
   * @param time when it happened
   * @param message what to know
   */
  record Warned(OperationInfo operation, Instant time, String message) implements Event {}

  /**
   * Tells that a step is done.
   *
   * @param operation which operation
   * @param time when it happened
   * @param step the number of the step, from 1
   * @param title what the step did
   * @param took how long it took
   */
  record StepFinished(OperationInfo operation, Instant time, int step, String title, Duration took)
      implements Event {}

  /**
   * Tells that an operation has ended.
   *
   * @param operation which operation
   * @param time when it happened
   * @param message the result, or why it failed
   * @param failure the exception that the caller gets; empty if it succeeded
   * @param took how long it took
   */
  record Finished(
      OperationInfo operation,
      Instant time,
      String message,
      Optional<Throwable> failure,
      Duration took)
      implements Event {

    /** {@return whether it did what was asked, without a failure} */
    public boolean succeeded() {
      return failure.isEmpty();
    }
  }

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
