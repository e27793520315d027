package io.overc.engine;

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
    Cancellation.check("about to finish " + operation.info());
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
    shielded(() -> effects.run("clean", () -> backend.clean(subject)));
  }

  /** Ends what a killed operation left. */
  private void recover() throws IOException {
    shielded(() -> effects.run("recover", () -> backend.recover(subject)));
    cleanUp();
  }

  private void putBack(Throwable cause) {
    try {
      shielded(() -> backend.recover(subject));
      shielded(() -> backend.clean(subject));
    } catch (IOException | RuntimeException e) {
      // Nobody sees it, and the next operation on the subject tries again.
      cause.addSuppressed(e);
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
