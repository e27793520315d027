package io.overc.engine;

import io.overc.error.InterruptedOperationException;
import io.overc.event.Operation;
import io.overc.internal.file.IoErrors;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockFile;
import io.overc.internal.time.Cancellation;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SubjectNames;
import io.overc.spi.SideEffects;
import io.overc.spi.SnapshotBackend;
import io.overc.spi.SnapshotListing;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Snapshots of a {@link SnapshotBackend}: every change is a draft that nobody sees, then one step
 * that is its point of no return, then cleaning.
 */
final class DraftedWork implements SnapshotWork {
  private static final int MOST_INTERRUPTS = 100;

  private final SnapshotBackend backend;
  private final SideEffects effects;

  DraftedWork(SnapshotBackend backend, SideEffects effects) {
    this.backend = backend;
    this.effects = effects;
  }

  @Override
  public Set<SnapshotFeature> features() {
    return backend.features();
  }

  @Override
  public void checkName(String subject) {
    SubjectNames.check(subject);
  }

  @Override
  public String describe(String subject) {
    return backend.describe(subject);
  }

  @Override
  public boolean exists(String subject) throws IOException {
    return backend.exists(subject);
  }

  @Override
  public Collection<String> subjects() throws IOException {
    return backend.subjects();
  }

  @Override
  public Optional<String> subjectOf(SnapshotId id) throws IOException {
    return backend.subjectOf(id);
  }

  @Override
  public Optional<Found> find(SnapshotId id) throws IOException {
    Optional<String> subject = backend.subjectOf(id);
    if (subject.isEmpty()) {
      return Optional.empty();
    }
    SnapshotListing all = backend.list(subject.get());
    for (DamagedSnapshot damaged : all.damaged()) {
      if (damaged.id().equals(id)) {
        return Optional.of(new Found(subject.get(), Optional.of(damaged.reason())));
      }
    }
    return subject.filter(of -> all.has(id)).map(of -> new Found(of, Optional.empty()));
  }

  @Override
  public SnapshotListing list(String subject) throws IOException {
    return backend.list(subject);
  }

  @Override
  @SuppressWarnings("try") // the lock is held, not used
  public <T> T locked(String subject, String attempt, Operation operation, Body<T> body)
      throws IOException {
    LockFile lock = LockFile.at(backend.lockFile(subject), backend.describe(subject));
    try (HeldLock held = lock.take(attempt)) {
      recover(subject);
      cleanUp(subject, operation);
      try {
        return body.run(new Drafts(subject), operation);
      } catch (IOException | RuntimeException | Error e) {
        putBack(subject, e);
        throw e;
      }
    }
  }

  private final class Drafts implements Changes {
    private final String subject;

    Drafts(String subject) {
      this.subject = subject;
    }

    @Override
    public boolean exists() throws IOException {
      return backend.exists(subject);
    }

    @Override
    public Snapshot create(SnapshotOptions options, Operation operation) throws IOException {
      operation.step("snapshot " + backend.describe(subject));
      return publish(
          effects.make("capture", () -> backend.capture(subject, options, operation)), operation);
    }

    @Override
    public void restore(SnapshotId id, Check recheck, Operation operation) throws IOException {
      operation.step("copy " + id);
      effects.run("materialize", () -> backend.materialize(id, subject, operation));
      operation.checkCancelled();
      recheck.run();
      operation.step("put " + backend.describe(subject) + " in place");
      commit("put in place", () -> backend.putInPlace(id, subject, operation));
      cleanUp(subject, operation);
      operation.result("restored " + id);
    }

    @Override
    public void delete(SnapshotId id) throws IOException {
      commit("retire", () -> backend.retire(id));
      try {
        clean(subject);
      } catch (IOException e) {
        throw IoErrors.failed("remove all that " + id + " held, which is no snapshot any more", e);
      }
    }

    @Override
    public void send(SnapshotId id, Path file, Operation operation) throws IOException {
      effects.run("send", () -> backend.send(id, file, operation));
    }

    @Override
    public Snapshot receive(Path file, ImportOptions options, Operation operation)
        throws IOException {
      Snapshot made =
          publish(
              effects.make("receive", () -> backend.receive(file, subject, options, operation)),
              operation);
      cleanUp(subject, operation);
      return made;
    }

    private Snapshot publish(Snapshot draft, Operation operation) throws IOException {
      operation.checkCancelled();
      commit("publish", () -> backend.publish(draft));
      return draft;
    }

    /** Passes the point of no return, to its end. */
    private void commit(String name, SideEffects.Action<IOException> step) throws IOException {
      Cancellation.shielded(() -> effects.run(name, step));
    }
  }

  /** Removes what is no longer needed; if that fails, what was to be done is done all the same. */
  private void cleanUp(String subject, Operation operation) {
    try {
      clean(subject);
    } catch (IOException e) {
      operation.warn(
          "Could not remove what is left over of " + subject + " yet: " + IoErrors.reason(e));
    }
  }

  private void clean(String subject) throws IOException {
    toItsEnd(() -> effects.run("clean", () -> backend.clean(subject)));
  }

  private void recover(String subject) throws IOException {
    toItsEnd(() -> effects.run("recover", () -> backend.recover(subject)));
  }

  private void putBack(String subject, Throwable cause) {
    try {
      recover(subject);
      clean(subject);
    } catch (IOException | RuntimeException e) {
      // Nobody sees it, and the next operation on the subject tries again.
      cause.addSuppressed(e);
    }
  }

  /** Begins again what can be, when an interrupt that comes meanwhile has ended it. */
  private static void toItsEnd(SideEffects.Action<IOException> work) throws IOException {
    boolean interrupted = false;
    try {
      for (int i = 0; ; i++) {
        try {
          Cancellation.shielded(work::run);
          return;
        } catch (InterruptedOperationException | ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
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
}
