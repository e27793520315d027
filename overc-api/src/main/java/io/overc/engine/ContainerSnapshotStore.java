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
import io.overc.spi.Place;
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
  private final Activation activation;

  ContainerSnapshotStore(ContainerEngine engine, Activation activation) {
    this.engine = engine;
    this.primitives = engine.primitives();
    this.activation = activation;
  }

  @Override
  public Set<SnapshotFeature> features() {
    return Set.copyOf(able().map(ContainerSnapshots::features).orElse(Set.of()));
  }

  @Override
  public List<String> subjects() {
    return able().map(ContainerSnapshots::subjects).map(TreeSet::new).map(List::copyOf)
        .orElse(List.of());
  }

  @Override
  public List<Snapshot> list(String subject) {
    ContainerNames.container(subject);
    return able().map(all -> all.list(subject)).orElse(List.of());
  }

  @Override
  public List<DamagedSnapshot> damaged(String subject) {
    ContainerNames.container(subject);
    return able().map(all -> all.damaged(subject)).orElse(List.of());
  }

  @Override
  public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
    return engine.run(
        OperationKind.SNAPSHOT_CREATE,
        subject,
        call,
        operation -> {
          engine.require(subject);
          primitives.backend().before(OperationKind.SNAPSHOT_CREATE, subject, operation);
          SnapshotId id = primitives.snapshots().next(subject);
          Snapshot made = primitives.commit(subject, Place.CURRENT, id, options, operation);
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
          Snapshot snapshot = require(id);
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
        require(id).subject(),
        call,
        operation -> {
          require(id);
          operation.step("delete " + id);
          primitives.discard(id);
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
    ContainerSnapshots able = primitives.snapshots();
    List<SnapshotId> ids = new ArrayList<>(able.list(subject).stream().map(Snapshot::id).toList());
    able.damaged(subject).forEach(damaged -> ids.add(damaged.id()));
    for (SnapshotId id : ids) {
      operation.step("delete " + id);
      try {
        primitives.discard(id);
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
        require(id).subject(),
        call,
        operation -> {
          if (Files.exists(file)) {
            throw new RefusedException(
                RefusedException.Guard.EXISTS,
                "Cannot export %s: %s is already there".formatted(id, file),
                Remedy.other("name a new file"));
          }
          ContainerSnapshots able = primitives.snapshots();
          operation.step("export " + id);
          primitives.effects().run("export snapshot", () -> able.exportTo(id, file, operation));
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
          operation.step("import " + file);
          Snapshot made = primitives.importFrom(file, subject, operation);
          operation.result("imported " + made.id());
          return made;
        });
  }

  Snapshot require(SnapshotId id) {
    return primitives
        .snapshots()
        .find(id)
        .orElseThrow(() -> new NotFoundException("There is no snapshot " + id));
  }

  /** Finds a snapshot of a container by its id, which may leave out the name of the container. */
  Snapshot require(String name, String text) {
    List<Snapshot> all = primitives.snapshots().list(name);
    for (String id : List.of(text, name + "/" + text)) {
      for (Snapshot snapshot : all) {
        if (snapshot.id().toString().equals(id)) {
          return snapshot;
        }
      }
    }
    throw new NotFoundException(
        "The container %s has no snapshot %s".formatted(name, text),
        Remedy.of(Remedy.Action.LIST_SNAPSHOTS, name, "list its snapshots"));
  }

  Snapshot latest(String name) {
    return primitives.snapshots().list(name).stream()
        .filter(snapshot -> !SetAside.is(snapshot))
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new NotFoundException("The container " + name + " has no snapshot"));
  }

  private Optional<ContainerSnapshots> able() {
    return primitives.backend().snapshots();
  }
}
