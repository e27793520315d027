package io.overc.engine;

import io.overc.container.ContainerNames;
import io.overc.error.InterruptedOperationException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerSnapshots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The snapshots of the containers of one backend. */
final class ContainerSnapshotStore implements SnapshotStore {
  private final ContainerEngine engine;
  private final Primitives primitives;
  private final Snapshots snapshots;
  private final Activation activation;

  ContainerSnapshotStore(ContainerEngine engine, Activation activation) {
    this.engine = engine;
    this.primitives = engine.primitives();
    this.snapshots = engine.snapshots();
    this.activation = activation;
  }

  @Override
  public Set<SnapshotFeature> features() {
    return Set.copyOf(able().map(ContainerSnapshots::features).orElse(Set.of()));
  }

  @Override
  public List<String> subjects() {
    if (able().isEmpty()) {
      return List.of();
    }
    ContainerSnapshots able = snapshots.require();
    return List.copyOf(
        new TreeSet<>(Primitives.ask("list the containers with snapshots", able::subjects)));
  }

  @Override
  public List<Snapshot> list(String subject) {
    ContainerNames.container(subject);
    return able().isEmpty() ? List.of() : List.copyOf(snapshots.list(subject));
  }

  @Override
  public List<DamagedSnapshot> damaged(String subject) {
    ContainerNames.container(subject);
    return able()
        .map(all -> Primitives.ask("list the snapshots of " + subject, () -> all.damaged(subject)))
        .orElse(List.of());
  }

  @Override
  public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
    return engine.run(
        OperationKind.SNAPSHOT_CREATE,
        subject,
        call,
        operation -> {
          engine.require(subject);
          primitives.before(OperationKind.SNAPSHOT_CREATE, subject, operation);
          SnapshotId id = snapshots.next(subject);
          Snapshot made = snapshots.commit(subject, id, options, operation);
          operation.result("made " + made.id());
          return made;
        });
  }

  @Override
  public void restore(SnapshotId id, String target, OperationOptions call) {
    engine.run(
        OperationKind.SNAPSHOT_RESTORE,
        target,
        call,
        operation -> {
          Snapshot snapshot = snapshots.require(id);
          BackendContainer there = primitives.find(target);
          if (there.current().isPresent() && !snapshot.subject().equals(target)) {
            throw new RefusedException(
                RefusedException.Guard.EXISTS,
                "Cannot restore %s as %s: there is another container of that name"
                    .formatted(id, target),
                Remedy.other("choose a name that is free"));
          }
          activation.restore(OperationKind.SNAPSHOT_RESTORE, id, target, operation);
          return true;
        });
  }

  @Override
  public void delete(SnapshotId id, OperationOptions call) {
    engine.run(
        OperationKind.SNAPSHOT_DELETE,
        snapshots.require(id).subject(),
        call,
        operation -> {
          snapshots.require(id);
          operation.step("delete " + id);
          snapshots.discard(id);
          operation.result("deleted " + id);
          return true;
        });
  }

  @Override
  public int deleteAll(String subject, OperationOptions call) {
    return engine.run(
        OperationKind.SNAPSHOT_DELETE, subject, call, operation -> deleteAll(subject, operation));
  }

  private int deleteAll(String subject, Operation operation) {
    int deleted = 0;
    List<String> failures = new ArrayList<>();
    snapshots.require();
    List<SnapshotId> ids = new ArrayList<>(list(subject).stream().map(Snapshot::id).toList());
    damaged(subject).forEach(damaged -> ids.add(damaged.id()));
    for (SnapshotId id : ids) {
      operation.step("delete " + id);
      try {
        snapshots.discard(id);
        deleted++;
      } catch (InterruptedOperationException e) {
        throw e;
      } catch (OvercException e) {
        failures.add(id + ": " + e.getMessage());
      }
    }
    if (!failures.isEmpty()) {
      throw new OvercException(
          "Deleted %d snapshots of %s, but not %s"
              .formatted(deleted, subject, String.join("; ", failures)));
    }
    operation.result("deleted " + deleted + " snapshots of " + subject);
    return deleted;
  }

  @Override
  public void exportTo(SnapshotId id, Path file, OperationOptions call) {
    engine.run(
        OperationKind.SNAPSHOT_EXPORT,
        snapshots.require(id).subject(),
        call,
        operation -> {
          if (Files.exists(file)) {
            throw new RefusedException(
                RefusedException.Guard.EXISTS,
                "Cannot export %s: %s is already there".formatted(id, file),
                Remedy.other("name a new file"));
          }
          snapshots.exportTo(id, file, operation);
          operation.result(id + " is exported to " + file);
          return true;
        });
  }

  @Override
  public Snapshot importFrom(Path file, String subject, OperationOptions call) {
    ContainerNames.container(subject);
    if (!Files.isRegularFile(file)) {
      throw new NotFoundException("There is no file " + file + " to import");
    }
    return engine.run(
        OperationKind.SNAPSHOT_IMPORT,
        subject,
        call,
        operation -> {
          Snapshot made = snapshots.importFrom(file, subject, operation);
          operation.result("imported " + made.id());
          return made;
        });
  }

  private Optional<ContainerSnapshots> able() {
    return snapshots.able();
  }
}
