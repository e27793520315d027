package io.overc.engine;

import io.overc.error.InterruptedOperationException;
import io.overc.event.Operation;
import io.overc.internal.file.IoErrors;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockFile;
import io.overc.internal.time.Cancellation;
import io.overc.spi.SideEffects;
import io.overc.spi.SnapshotBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A change of one subject or of its snapshots, under the lock of the subject. */
final class SubjectChange {
  private static final int MOST_INTERRUPTS = 100;

  private final SnapshotBackend backend;
  private final SideEffects effects;
  private final Operation operation;
  private final String subject;

  SubjectChange(SnapshotBackend backend, SideEffects effects, Operation operation, String subject) {
    this.backend = backend;
    this.effects = effects;
    this.operation = operation;
    this.subject = subject;
  }

  Operation operation() {
    return operation;
  }

  @SuppressWarnings("try") // the lock is held, not used
  <T> T run(String attempt, Body<T> body) throws IOException {
    LockFile lock = LockFile.at(backend.lockFile(subject), backend.describe(subject));
    try (HeldLock held = lock.take(attempt)) {
      recover();
      try {
        return body.run(this);
      } catch (IOException | RuntimeException | Error e) {
        putBack(e);
        throw e;
      }
    }
  }

  /** Makes what nobody sees yet; ends when the operation is cancelled. */
  <T> T draft(String name, Draft<T> work) throws IOException {
    List<T> made = new ArrayList<>(1);
    effects.run(name, () -> made.add(work.make()));
    operation.checkCancelled();
    return made.get(0);
  }

  /** Passes the point of no return, to its end. */
  void commit(String name, Work work) throws IOException {
    shielded(() -> effects.run(name, work::run));
  }

  /** Removes what is no longer needed; if that fails, what was to be done is done all the same. */
  void cleanUp() {
    try {
      clean();
    } catch (IOException e) {
      operation.warn(
          "Could not remove what is left over of " + subject + " yet: " + IoErrors.reason(e));
    }
  }

  void clean() throws IOException {
    toItsEnd(() -> effects.run("clean", () -> backend.clean(subject)));
  }

  /** Ends what a killed operation left. */
  private void recover() throws IOException {
    toItsEnd(() -> effects.run("recover", () -> backend.recover(subject)));
    cleanUp();
  }

  private void putBack(Throwable cause) {
    try {
      toItsEnd(() -> effects.run("recover", () -> backend.recover(subject)));
      clean();
    } catch (IOException | RuntimeException e) {
      // Nobody sees it, and the next operation on the subject tries again.
      cause.addSuppressed(e);
    }
  }

  /** Begins again what can be, when an interrupt that comes meanwhile has ended it. */
  private static void toItsEnd(Work work) throws IOException {
    boolean interrupted = false;
    try {
      for (int i = 0; ; i++) {
        try {
          shielded(work);
          return;
        } catch (InterruptedOperationException e) {
          interrupted = true;
          if (i == MOST_INTERRUPTS) {
            throw e;
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void shielded(Work work) throws IOException {
    try {
      Cancellation.shielded(
          () -> {
            try {
              work.run();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Changes something. */
  interface Body<T> {
    T run(SubjectChange change) throws IOException;
  }

  /** Makes a draft. */
  interface Draft<T> {
    T make() throws IOException;
  }

  /** Does something with files. */
  interface Work {
    void run() throws IOException;
  }
}
