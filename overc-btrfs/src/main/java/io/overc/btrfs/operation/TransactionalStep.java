package io.overc.btrfs.operation;

import io.overc.btrfs.state.HostContext;
import io.overc.btrfs.state.JournalEntry;
import io.overc.error.InterruptedOperationException;
import io.overc.event.Operation;
import io.overc.host.RecoveryResult.Outcome;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * A change of the host that is made whole or not at all: {@link Recovery} can undo it before its
 * commit point and finish it from there on.
 *
 * @param <T> what it results in
 */
abstract class TransactionalStep<T> {
  private final HostContext host;
  private final Operation operation;
  private boolean begun;

  /** Prepares a change. */
  TransactionalStep(HostContext host, Operation operation) {
    this.host = host;
    this.operation = operation;
  }

  /** Makes the change. */
  abstract T make() throws IOException;

  /** Returns what the change results in; known before its commit point. */
  abstract T prepared();

  final HostContext host() {
    return host;
  }

  final Operation operation() {
    return operation;
  }

  /**
   * Makes the change. If it fails or is cancelled before its commit point, it is undone and the
   * failure thrown; later, it is finished and the result returned as if nothing had happened.
   *
   * @return the result
   * @throws IOException if the change failed for that reason
   */
  public final T run() throws IOException {
    try {
      return make();
    } catch (IOException | RuntimeException e) {
      if (!finishes(e)) {
        throw e;
      }
      if (!isCancellation(e)) {
        operation.warn("An error past the commit point was repaired: " + e.getMessage());
      }
      return prepared();
    }
  }

  /** Writes the first entry of the journal. */
  final void begin(JournalEntry entry) throws IOException {
    host.journal().begin(entry);
    begun = true;
  }

  /** What cannot be recovered now stays in the journal, for the next operation. */
  private boolean finishes(Exception failure) {
    try {
      Outcome outcome = new Recovery(host).run().outcome();
      // Without a journal that was begun, the change had come to its end already.
      return outcome == Outcome.FINISHED || (begun && outcome == Outcome.NOTHING_TO_DO);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  private static boolean isCancellation(Exception failure) {
    return failure instanceof InterruptedOperationException
        || failure instanceof ClosedByInterruptException;
  }
}
