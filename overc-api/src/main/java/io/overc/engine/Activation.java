package io.overc.engine;

import io.overc.container.ActivateResult;
import io.overc.container.WhenActive;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.internal.time.Cancellation;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import java.util.Optional;

/** Makes containers from the template's image or from a snapshot, and deletes them. */
final class Activation {
  private static final SnapshotOptions BEFORE =
      SnapshotOptions.builder().freeze(true).fullCopy(true).comment("before an activation").build();

  private final ContainerEngine engine;
  private final Primitives primitives;

  Activation(ContainerEngine engine) {
    this.engine = engine;
    this.primitives = engine.primitives();
  }

  ActivateResult activate(String name, WhenActive whenActive, Operation operation) {
    BackendContainer before = primitives.find(name);
    boolean present = before.current().isPresent();
    boolean active = before.current().filter(Instance::active).isPresent();
    if (active && whenActive == WhenActive.REFUSE) {
      throw active("activate", name);
    }
    primitives.before(OperationKind.CONTAINER_ACTIVATE, name, operation);
    Optional<ContainerSnapshots> snapshots =
        primitives.backend().snapshots().filter(able -> present);
    Optional<SnapshotId> keep = snapshots.map(able -> engine.snapshots().next(name));
    Intent intent = Intent.replace(OperationKind.CONTAINER_ACTIVATE, active, true, keep);
    operation.step("make the new " + name);
    prepared(
        name,
        () -> {
          primitives.create(name, intent, operation);
          if (snapshots.filter(able -> !able.adopts()).isPresent()) {
            engine.snapshots().commit(name, keep.orElseThrow(), BEFORE, operation);
          }
        });
    engine.replacement().run(before, intent, operation);
    operation.result(
        name + " is active" + keep.map(id -> "; before it was snapshot " + id).orElse(""));
    return new ActivateResult(
        name, present ? ActivateResult.Outcome.REPLACED : ActivateResult.Outcome.CREATED, keep);
  }

  /**
   * Puts a snapshot in the place of a container, which runs afterwards if it ran before; or makes a
   * container of it that does not run.
   */
  void restore(
      OperationKind kind,
      SnapshotId id,
      String name,
      SnapshotWork.Check recheck,
      Operation operation) {
    BackendContainer before = primitives.find(name);
    boolean active = before.current().filter(Instance::active).isPresent();
    primitives.before(kind, name, operation);
    Intent intent = Intent.replace(kind, active, active, Optional.empty());
    prepared(
        name,
        () -> {
          engine.snapshots().restore(id, name, intent, operation);
          Primitives.ask(
              "find the snapshot " + id,
              () -> {
                recheck.run();
                return id;
              });
        });
    engine.replacement().run(before, intent, operation);
    operation.result(name + " is back at " + id);
  }

  void delete(String name, WhenActive whenActive, Operation operation) {
    boolean active = engine.require(name).current().filter(Instance::active).isPresent();
    if (active && whenActive == WhenActive.REFUSE) {
      throw active("delete", name);
    }
    primitives.before(OperationKind.CONTAINER_DELETE, name, operation);
    try {
      if (active) {
        operation.step("stop " + name);
        primitives.stop(name, false);
      }
      operation.step("delete " + name);
      primitives.remove(name, Place.CURRENT);
    } catch (RuntimeException e) {
      if (active) {
        Cancellation.shielded(() -> restart(name, e));
      }
      throw e;
    }
    operation.result(name + " is deleted");
  }

  private void restart(String name, RuntimeException cause) {
    engine.replacement().startAgain(name).ifPresent(cause::addSuppressed);
  }

  /** Does what makes the fresh container, which goes again if it fails. */
  private void prepared(String name, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      Cancellation.shielded(() -> dropFresh(name, e));
      throw e;
    }
  }

  private void dropFresh(String name, RuntimeException cause) {
    try {
      primitives.cleanUp(name);
      if (primitives.find(name).pending()) {
        primitives.remove(name, Place.FRESH);
        primitives.forget(name);
      }
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private static RefusedException active(String attempt, String name) {
    return new RefusedException(
        RefusedException.Guard.ACTIVE,
        "Cannot %s %s: it is active".formatted(attempt, name),
        Remedy.of(Remedy.Action.ALLOW_STOP, name, "stop it first, or allow it to be stopped"));
  }
}
