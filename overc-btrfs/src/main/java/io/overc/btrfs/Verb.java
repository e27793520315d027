package io.overc.btrfs;

import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.host.RecoveryResult.Outcome;
import java.io.IOException;

/**
 * Runs what changes the host so that a failure leaves it as it was, or, past the commit point,
 * done.
 */
final class Verb {
  private Verb() {}

  /** Changes the host in steps that {@link Recovery} can finish or undo. */
  @FunctionalInterface
  interface Change<T> {
    /** Makes the change. */
    T make() throws IOException;
  }

  /**
   * Makes a change; if it fails, undoes it and throws, or finishes it and returns.
   *
   * @param whenFinished what to return if it failed past the commit point and could be finished
   */
  static <T> T run(Session session, Operation operation, Change<T> change, T whenFinished) {
    try {
      return change.make();
    } catch (IOException | RuntimeException e) {
      OvercException failure =
          e instanceof OvercException known ? known : new OvercException(e.toString(), e);
      if (settle(session, failure) == Outcome.FINISHED) {
        operation.warn("An error past the commit point was mended: " + e.getMessage());
        return whenFinished;
      }
      throw failure;
    }
  }

  /** Recovers although the thread may be interrupted: half-done is worse than late. */
  private static Outcome settle(Session session, OvercException failure) {
    boolean interrupted = Thread.interrupted();
    try {
      return new Recovery(session).run().outcome();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      return Outcome.NOTHING_TO_DO;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
