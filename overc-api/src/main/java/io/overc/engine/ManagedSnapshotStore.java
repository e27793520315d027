package io.overc.engine;

import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.internal.file.IoErrors;
import io.overc.internal.time.Cancellation;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import io.overc.spi.SnapshotBackend;
import io.overc.spi.SnapshotListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a whole snapshot store of a {@link SnapshotBackend}: with checked names, one operation at a
 * time for each subject, recovery of what was interrupted, refusals, events, and cancellation. The
 * same engine serves the snapshots of a {@link ManagedContainerDriver}.
 *
 * <p>Every change is a draft that nobody sees, then one step that is its point of no return, then
 * cleaning. An operation that fails or is cancelled before that step puts things back; from it on
 * it is finished, even if the thread is interrupted. A process that is killed leaves what the next
 * operation on the subject removes or ends. Immutable, thread-safe.
 *
 * <pre>{@code
 * SnapshotStore store = ManagedSnapshotStore.of(new MyBackend());
 * }</pre>
 */
public final class ManagedSnapshotStore implements SnapshotStore {
  private final SnapshotWork work;
  private final SideEffects effects;
  private final SnapshotRefusals refusals;

  ManagedSnapshotStore(SnapshotWork work, SideEffects effects) {
    this.work = work;
    this.effects = effects;
    this.refusals = new SnapshotRefusals(work);
  }

  /**
   * Makes a store.
   *
   * @param backend does what its technology can
   * @return the store
   */
  public static ManagedSnapshotStore of(SnapshotBackend backend) {
    return of(backend, SideEffects.direct());
  }

  /**
   * Makes a store whose changes pass a fault-injection point, for tests.
   *
   * @param backend does what its technology can
   * @param effects where each primitive that changes something passes
   * @return the store
   */
  public static ManagedSnapshotStore of(SnapshotBackend backend, SideEffects effects) {
    return new ManagedSnapshotStore(new DraftedWork(backend, effects), effects);
  }

  @Override
  public Set<SnapshotFeature> features() {
    return Set.copyOf(work.features());
  }

  @Override
  public List<String> subjects() {
    try {
      return List.copyOf(new TreeSet<>(work.subjects()));
    } catch (IOException e) {
      throw IoErrors.failed("list what has snapshots", e);
    }
  }

  @Override
  public List<Snapshot> list(String subject) {
    return listing(subject).snapshots();
  }

  @Override
  public List<DamagedSnapshot> damaged(String subject) {
    return listing(subject).damaged();
  }

  private SnapshotListing listing(String subject) {
    work.checkName(subject);
    try {
      return work.list(subject);
    } catch (IOException e) {
      throw IoErrors.failed("list the snapshots of " + subject, e);
    }
  }

  @Override
  public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
    work.checkName(subject);
    String attempt = "snapshot " + subject;
    refusals.checkOptions(attempt, options);
    return changing(
        OperationKind.SNAPSHOT_CREATE,
        subject,
        attempt,
        call,
        (changes, operation) -> {
          if (!changes.exists()) {
            throw refusals.noSubject(subject);
          }
          Snapshot made = changes.create(options, operation);
          operation.result("made " + made.id());
          return made;
        });
  }

  @Override
  public void restore(SnapshotId id, String target, OperationOptions call) {
    work.checkName(target);
    String attempt = "restore " + id + " to " + target;
    changing(
        OperationKind.SNAPSHOT_RESTORE,
        target,
        attempt,
        call,
        (changes, operation) -> {
          String subject = refusals.requireWhole(attempt, id);
          refusals.checkTarget(attempt, subject, target, changes.exists());
          // Its deletion begins by taking it out of the list: what is still there was whole.
          // Nobody deletes it meanwhile if the lock of its own subject is held.
          changes.restore(
              id,
              () -> {
                if (!subject.equals(target)) {
                  refusals.requireWhole(attempt, id);
                }
              },
              operation);
          return id;
        });
  }

  @Override
  public void delete(SnapshotId id, OperationOptions call) {
    changing(
        OperationKind.SNAPSHOT_DELETE,
        id,
        "delete " + id,
        call,
        (changes, operation) -> {
          if (work.find(id).isEmpty()) {
            throw refusals.missing(id);
          }
          operation.step("delete " + id);
          changes.delete(id);
          operation.result("deleted " + id);
          return id;
        });
  }

  @Override
  public int deleteAll(String subject, OperationOptions call) {
    work.checkName(subject);
    if (nothingOf(subject)) {
      return 0; // Nothing is touched, not even a lock.
    }
    return changing(
        OperationKind.SNAPSHOT_DELETE,
        subject,
        "delete the snapshots of " + subject,
        call,
        (changes, operation) ->
            SnapshotDeletion.deleteAll(changes, subject, listing(subject).ids(), operation));
  }

  @Override
  public void exportTo(SnapshotId id, Path file, OperationOptions call) {
    String attempt = "export " + id + " to " + file;
    refusals.checkFeature(attempt, SnapshotFeature.EXPORT);
    changing(
        OperationKind.SNAPSHOT_EXPORT,
        id,
        attempt,
        call,
        (changes, operation) -> {
          refusals.requireWhole(attempt, id);
          operation.step("write " + file);
          ExportFile export = new ExportFile(file, attempt);
          try {
            changes.send(id, export.partial(), operation);
            operation.checkCancelled();
            Cancellation.shielded(() -> effects.run("publish export", export::publish));
          } finally {
            export.removePartial();
          }
          operation.result("exported " + id);
          return id;
        });
  }

  @Override
  public Snapshot importFrom(
      Path file, String subject, ImportOptions options, OperationOptions call) {
    work.checkName(subject);
    String attempt = "import " + file;
    refusals.checkFeature(attempt, SnapshotFeature.IMPORT);
    refusals.checkFile(attempt, file);
    return changing(
        OperationKind.SNAPSHOT_IMPORT,
        subject,
        attempt,
        call,
        (changes, operation) -> {
          operation.step("read " + file);
          Snapshot made = changes.receive(file, options, operation);
          operation.result("imported " + made.id());
          return made;
        });
  }

  private boolean nothingOf(String subject) {
    try {
      return !work.exists(subject) && work.list(subject).ids().isEmpty();
    } catch (IOException | OvercException e) {
      return false; // The operation looks again, and reports it.
    }
  }

  /** Changes what belongs to a snapshot; one that is not found is reported as well. */
  private void changing(
      OperationKind kind,
      SnapshotId id,
      String attempt,
      OperationOptions call,
      SnapshotWork.Body<SnapshotId> body) {
    Optional<String> subject = Optional.empty();
    @Nullable OvercException failure = null;
    try {
      subject = work.subjectOf(id);
    } catch (IOException e) {
      failure = IoErrors.failed("find the snapshot " + id, e);
    } catch (OvercException e) {
      failure = e;
    }
    if (subject.isPresent()) {
      changing(kind, subject.get(), attempt, call, body);
      return;
    }
    OvercException reason = failure;
    Operation.run(
        call,
        kind,
        id.text(),
        operation -> {
          throw reason == null ? refusals.missing(id) : reason;
        });
  }

  private <T> T changing(
      OperationKind kind,
      String subject,
      String attempt,
      OperationOptions call,
      SnapshotWork.Body<T> body) {
    return Operation.run(
        call,
        kind,
        subject,
        operation -> {
          Cancellation.check("beginning to " + attempt);
          try {
            return work.locked(subject, attempt, operation, body);
          } catch (IOException e) {
            throw IoErrors.failed(attempt, e);
          }
        });
  }
}
