package io.overc.engine;

import io.overc.container.ContainerFeature;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerBackend;
import io.overc.spi.ContainerFreezer;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Health;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import io.overc.spi.Readiness;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Calls the primitives of a backend, each side effect by a name that the tests of all backends know
 * it by.
 */
final class Primitives {
  private final ContainerBackend backend;
  private final SideEffects effects;
  private final Readying readying;

  Primitives(ContainerBackend backend, Readiness readiness, SideEffects effects) {
    this.backend = backend;
    this.effects = effects;
    this.readying = new Readying(backend, readiness);
  }

  ContainerBackend backend() {
    return backend;
  }

  SideEffects effects() {
    return effects;
  }

  ContainerSnapshots snapshots() {
    return backend.snapshots().orElseThrow(() -> unsupported("snapshots"));
  }

  static RefusedException unsupported(String what) {
    return new RefusedException(
        RefusedException.Guard.UNSUPPORTED, "The containers of this backend have no " + what);
  }

  static RefusedException unsupported(ContainerFeature feature) {
    return new RefusedException(
        RefusedException.Guard.UNSUPPORTED, "The backend has no feature " + feature);
  }

  BackendContainer find(String name) {
    return backend.find(name);
  }

  boolean active(String name) {
    return find(name).current().filter(Instance::active).isPresent();
  }

  void create(String name, Intent intent, Operation operation) {
    effects.run("create new", () -> backend.create(name, intent, operation));
  }

  void restore(SnapshotId id, String name, Intent intent, Operation operation) {
    operation.step("prepare " + name + " from " + id);
    effects.run("restore new", () -> snapshots().restore(id, name, intent, operation));
  }

  void record(String name, Intent intent) {
    effects.run("record intent", () -> backend.record(name, intent));
  }

  void forget(String name) {
    effects.run("forget intent", () -> backend.forget(name));
  }

  /** Starts it and waits until it is ready. */
  void start(String name) {
    effects.run("start", () -> backend.start(name));
    readying.await(name);
  }

  /** Starts what ran before; that it becomes ready is not waited for. */
  void startAgain(String name) {
    effects.run("start again", () -> backend.start(name));
    Health health = backend.health(name, List.of(), Duration.ZERO);
    if (health.status() == Health.Status.DOWN) {
      throw new OvercException(
          "The container " + name + " does not keep running: " + health.detail());
    }
  }

  void verify(String name) {
    readying.verify(name);
  }

  void await(String name) {
    readying.await(name);
  }

  /**
   * Stops it. Cancelled, it is not left dying: it ends, and is started again as it ran before.
   *
   * @param again whether to start it again here, if this is cancelled
   */
  void stop(String name, boolean again) {
    try {
      effects.run("stop", () -> backend.stop(name));
    } catch (InterruptedOperationException e) {
      Cancellation.shielded(() -> settleStop(name, again, e));
      throw e;
    }
  }

  private void settleStop(String name, boolean again, InterruptedOperationException cause) {
    try {
      // It may have been told to end already, and would be seen running for a while only.
      backend.stop(name);
      if (again) {
        startAgain(name);
      }
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  void kill(String name) {
    effects.run("kill", () -> backend.kill(name));
  }

  void move(String name, Place from, Place to) {
    String what = "move " + from + " to " + to;
    effects.run(what, () -> backend.move(name, from, to));
  }

  void remove(String name, Place place) {
    effects.run("remove " + place, () -> backend.remove(name, place));
  }

  /** Makes a snapshot by a copy; one that runs stands still meanwhile, if that was asked for. */
  Snapshot commit(
      String name, Place place, SnapshotId id, SnapshotOptions options, Operation operation) {
    operation.step("snapshot " + name + " as " + id);
    Optional<ContainerFreezer> freezer =
        backend
            .freezer()
            .filter(f -> options.freeze() && place == Place.CURRENT && active(name));
    if (freezer.isEmpty()) {
      return copy(name, place, id, options, operation);
    }
    try {
      effects.run("freeze", () -> freezer.get().freeze(name));
      return copy(name, place, id, options, operation);
    } finally {
      thaw(name, freezer.get());
    }
  }

  private void thaw(String name, ContainerFreezer freezer) {
    Cancellation.shielded(() -> effects.run("thaw", () -> freezer.thaw(name)));
  }

  private Snapshot copy(
      String name, Place place, SnapshotId id, SnapshotOptions options, Operation operation) {
    Snapshot[] made = new Snapshot[1];
    effects.run(
        "commit snapshot",
        () -> made[0] = snapshots().commit(name, place, id, options, operation));
    return made[0];
  }

  Snapshot importFrom(Path file, String name, Operation operation) {
    Snapshot[] made = new Snapshot[1];
    effects.run(
        "import snapshot", () -> made[0] = snapshots().importFrom(file, name, operation));
    return made[0];
  }

  void adopt(String name, Place place, SnapshotId id, String comment) {
    effects.run("adopt snapshot", () -> snapshots().adopt(name, place, id, comment));
  }

  void discard(SnapshotId id) {
    effects.run("discard snapshot", () -> snapshots().discard(id));
  }

  /** Removes what stands at a place, stopped, and may hold data: it becomes a snapshot. */
  void setAside(String name, Place place, Operation operation) {
    if (backend.snapshots().isPresent()) {
      SnapshotId id = snapshots().next(name);
      if (snapshots().adopts()) {
        adopt(name, place, id, SetAside.COMMENT);
      } else {
        copy(name, place, id, SetAside.OPTIONS, operation);
      }
      operation.warn("What was discarded of %s is snapshot %s".formatted(name, id));
    }
    remove(name, place);
  }
}
