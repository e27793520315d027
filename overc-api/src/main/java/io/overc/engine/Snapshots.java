package io.overc.engine;

import io.overc.container.ContainerFeature;
import io.overc.error.NotFoundException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.ContainerFreezer;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import java.util.List;
import java.util.Optional;

/** Calls the primitives of a backend that concern snapshots. */
final class Snapshots {
  /** What recovery remembers with a snapshot of a container that failed. */
  private static final String SET_ASIDE = "set aside: what an interrupted operation had left";

  private final Primitives primitives;

  Snapshots(Primitives primitives) {
    this.primitives = primitives;
  }

  Optional<ContainerSnapshots> able() {
    return primitives.backend().snapshots();
  }

  ContainerSnapshots require() {
    return able().orElseThrow(() -> Primitives.unsupported(ContainerFeature.SNAPSHOT));
  }

  SnapshotId next(String name) {
    ContainerSnapshots able = require();
    return Primitives.ask("name a snapshot of " + name, () -> able.next(name));
  }

  List<Snapshot> list(String name) {
    ContainerSnapshots able = require();
    return Primitives.ask("list the snapshots of " + name, () -> able.list(name));
  }

  Optional<Snapshot> find(SnapshotId id) {
    ContainerSnapshots able = require();
    return Primitives.ask("find the snapshot " + id, () -> able.find(id));
  }

  /** Finds a snapshot of a container by its id, which may leave out the name of the container. */
  Snapshot require(String name, String text) {
    List<Snapshot> all = list(name);
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

  /** Returns the latest snapshot; never what recovery kept of a container that failed. */
  Snapshot latest(String name) {
    return list(name).stream()
        .filter(snapshot -> snapshot.comment().filter(SET_ASIDE::equals).isEmpty())
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new NotFoundException("The container " + name + " has no snapshot"));
  }

  /** Makes a snapshot by a copy; one that runs is frozen meanwhile, if that was asked for. */
  Snapshot commit(String name, SnapshotId id, SnapshotOptions options, Operation operation) {
    operation.step("snapshot " + name + " as " + id);
    Optional<ContainerFreezer> freezer =
        primitives
            .backend()
            .freezer()
            .filter(f -> options.freeze() && Primitives.active(primitives.find(name)));
    if (freezer.isEmpty()) {
      return copy(name, Place.CURRENT, id, options, operation);
    }
    try {
      primitives.change("freeze", name, () -> freezer.get().freeze(name));
      return copy(name, Place.CURRENT, id, options, operation);
    } finally {
      Cancellation.shielded(() -> primitives.change("thaw", name, () -> freezer.get().thaw(name)));
    }
  }

  private Snapshot copy(
      String name, Place place, SnapshotId id, SnapshotOptions options, Operation operation) {
    ContainerSnapshots able = require();
    return primitives.make(
        "commit snapshot", name, () -> able.commit(name, place, id, options, operation));
  }

  /** Makes a stopped container a snapshot as it is. */
  void adopt(String name, Place place, SnapshotId id, String comment) {
    ContainerSnapshots able = require();
    primitives.change("adopt snapshot", name, () -> able.adopt(name, place, id, comment));
  }

  void restore(SnapshotId id, String name, Intent intent, Operation operation) {
    ContainerSnapshots able = require();
    operation.step("prepare " + name + " from " + id);
    primitives.change("restore new", name, () -> able.restore(id, name, intent, operation));
  }

  /** Removes what is at a place, stopped, and may hold data: it becomes a snapshot. */
  void setAside(String name, Place place, Operation operation) {
    if (able().isPresent()) {
      SnapshotId id = next(name);
      if (require().adopts()) {
        adopt(name, place, id, SET_ASIDE);
      } else {
        SnapshotOptions options =
            SnapshotOptions.builder().fullCopy(true).comment(SET_ASIDE).build();
        copy(name, place, id, options, operation);
      }
      operation.warn("What was discarded of %s is snapshot %s".formatted(name, id));
    }
    primitives.remove(name, place);
  }
}
