package io.overc.engine;

import io.overc.container.ActivateResult;
import io.overc.container.WhenActive;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import java.util.Optional;

/** Makes containers from the template's image or from a snapshot. */
final class Activation {
  private static final SnapshotOptions BEFORE =
      SnapshotOptions.builder().freeze(true).fullCopy(true).comment("before an activation").build();

  private final ContainerEngine engine;
  private final Primitives primitives;

  Activation(ContainerEngine engine) {
    this.engine = engine;
    this.primitives = engine.primitives();
  }

  ActivateResult activate(BackendContainer now, WhenActive whenActive, Operation operation) {
    String name = now.name();
    boolean present = now.current().isPresent();
    boolean active = StartStop.mayStop("activate", now, whenActive);
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
    engine.replacement().run(now, intent, operation);
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
      BackendContainer now,
      SnapshotWork.Check recheck,
      Operation operation) {
    String name = now.name();
    boolean active = Primitives.active(now);
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
    engine.replacement().run(now, intent, operation);
    operation.result(name + " is back at " + id);
  }

  /** Does what makes the fresh container, which goes again if it fails. */
  private void prepared(String name, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      Primitives.undo(e, () -> dropFresh(name));
      throw e;
    }
  }

  private void dropFresh(String name) {
    primitives.cleanUp(name);
    if (primitives.find(name).pending()) {
      primitives.remove(name, Place.FRESH);
      primitives.forget(name);
    }
  }
}
