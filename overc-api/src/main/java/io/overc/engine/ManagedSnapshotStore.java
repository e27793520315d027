package io.overc.engine;

import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.internal.file.IoErrors;
import io.overc.internal.time.Cancellation;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.snapshot.SubjectNames;
import io.overc.spi.SideEffects;
import io.overc.spi.SnapshotBackend;
import io.overc.spi.SnapshotListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes a whole snapshot store of a {@link SnapshotBackend}: with checked names, one operation at a
 * time for each subject, recovery of what was interrupted, refusals, events, and cancellation.
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
  private final SnapshotBackend backend;
  private final SideEffects effects;
  private final SnapshotRefusals refusals;
  private final SnapshotDeletion deletion;

  private ManagedSnapshotStore(SnapshotBackend backend, SideEffects effects) {
    this.backend = backend;
    this.effects = effects;
    this.refusals = new SnapshotRefusals(backend);
    this.deletion = new SnapshotDeletion(backend);
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
    return new ManagedSnapshotStore(backend, effects);
  }

  @Override
  public Set<SnapshotFeature> features() {
    return Set.copyOf(backend.features());
  }

  @Override
  public List<String> subjects() {
    try {
      return List.copyOf(new TreeSet<>(backend.subjects()));
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
    SubjectNames.check(subject);
    try {
      return backend.list(subject);
    } catch (IOException e) {
      throw IoErrors.failed("list the snapshots of " + subject, e);
    }
  }

  @Override
  public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
    SubjectNames.check(subject);
    String attempt = "snapshot " + subject;
    refusals.checkOptions(attempt, options);
    return changing(
        OperationKind.SNAPSHOT_CREATE,
        subject,
        attempt,
        call,
        change -> {
          refusals.checkExists(subject);
          change.operation().step("snapshot " + backend.describe(subject));
          Snapshot draft =
              change.draft("capture", () -> backend.capture(subject, options, change.operation()));
          return published(change, draft, "made ");
        });
  }

  private Snapshot published(SubjectChange change, Snapshot draft, String did) throws IOException {
    change.commit("publish", () -> backend.publish(draft));
    change.operation().result(did + draft.id());
    return draft;
  }

  @Override
  public void restore(SnapshotId id, String target, OperationOptions call) {
    SubjectNames.check(target);
    String attempt = "restore " + id + " to " + target;
    String subject = refusals.subjectOf(id);
    changing(
        OperationKind.SNAPSHOT_RESTORE,
        target,
        attempt,
        call,
        change -> {
          refusals.checkWhole(attempt, id, subject);
          refusals.checkTarget(attempt, subject, target);
          change.operation().step("copy " + id);
          change.draft(
              "materialize",
              () -> {
                backend.materialize(id, target, change.operation());
                return id;
              });
          // Its deletion begins by taking it out of the list: what is still there was whole.
          refusals.checkWhole(attempt, id, subject);
          change.operation().step("put " + backend.describe(target) + " in place");
          change.commit("put in place", () -> backend.putInPlace(target, change.operation()));
          change.cleanUp();
          change.operation().result("restored " + id);
          return id;
        });
  }

  @Override
  public void delete(SnapshotId id, OperationOptions call) {
    String subject = refusals.subjectOf(id);
    changing(
        OperationKind.SNAPSHOT_DELETE,
        subject,
        "delete " + id,
        call,
        change -> {
          refusals.checkListed(id, subject);
          deletion.delete(change, id);
          change.operation().result("deleted " + id);
          return id;
        });
  }

  @Override
  public int deleteAll(String subject, OperationOptions call) {
    if (ids(subject).isEmpty()) {
      return 0;
    }
    return changing(
        OperationKind.SNAPSHOT_DELETE,
        subject,
        "delete the snapshots of " + subject,
        call,
        change -> deletion.deleteAll(change, subject, ids(subject)));
  }

  private List<SnapshotId> ids(String subject) {
    SnapshotListing all = listing(subject);
    return Stream.concat(
            all.damaged().stream().map(DamagedSnapshot::id),
            all.snapshots().stream().map(Snapshot::id))
        .toList();
  }

  @Override
  public void exportTo(SnapshotId id, Path file, OperationOptions call) {
    String attempt = "export " + id + " to " + file;
    refusals.checkFeature(attempt, SnapshotFeature.EXPORT);
    String subject = refusals.subjectOf(id);
    changing(
        OperationKind.SNAPSHOT_EXPORT,
        subject,
        attempt,
        call,
        change -> {
          refusals.checkWhole(attempt, id, subject);
          ExportFile export = new ExportFile(file, attempt);
          change.operation().step("write " + file);
          try {
            change.draft(
                "send",
                () -> {
                  backend.send(id, export.partial(), change.operation());
                  return id;
                });
            change.commit("publish export", export::publish);
          } finally {
            export.removePartial();
          }
          change.operation().result("exported " + id);
          return id;
        });
  }

  @Override
  public Snapshot importFrom(Path file, String subject, OperationOptions call) {
    SubjectNames.check(subject);
    String attempt = "import " + file;
    refusals.checkFeature(attempt, SnapshotFeature.IMPORT);
    refusals.checkFile(attempt, file);
    return changing(
        OperationKind.SNAPSHOT_IMPORT,
        subject,
        attempt,
        call,
        change -> {
          change.operation().step("read " + file);
          Snapshot draft =
              change.draft("receive", () -> backend.receive(file, subject, change.operation()));
          Snapshot made = published(change, draft, "imported ");
          change.cleanUp();
          return made;
        });
  }

  private <T> T changing(
      OperationKind kind,
      String subject,
      String attempt,
      OperationOptions call,
      SubjectChange.Body<T> body) {
    return Operation.run(
        call,
        kind,
        subject,
        operation -> {
          Cancellation.check("beginning to " + attempt);
          try {
            return new SubjectChange(backend, effects, operation, subject).run(attempt, body);
          } catch (IOException e) {
            throw IoErrors.failed(attempt, e);
          }
        });
  }
}
