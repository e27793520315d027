package io.overc.engine;

import io.overc.container.Change;
import io.overc.container.WhenActive;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.spi.BackendContainer;
import io.overc.spi.Place;

/** Starts, stops and deletes a container as it is, in an operation that is under way. */
final class StartStop {
  private final Primitives primitives;
  private final Replacement replacement;

  StartStop(ContainerEngine engine) {
    this.primitives = engine.primitives();
    this.replacement = engine.replacement();
  }

  Change start(BackendContainer now, Operation operation) {
    ContainerEngine.require(now);
    String name = now.name();
    if (Primitives.active(now)) {
      operation.result(name + " was active already");
      return Change.UNCHANGED;
    }
    primitives.before(OperationKind.CONTAINER_START, name, operation);
    operation.step("start " + name);
    try {
      primitives.start(name);
    } catch (RuntimeException e) {
      Primitives.undo(e, () -> primitives.kill(name));
      throw e;
    }
    operation.result(name + " is active");
    return Change.CHANGED;
  }

  Change stop(BackendContainer now, Operation operation) {
    ContainerEngine.require(now);
    String name = now.name();
    if (!Primitives.active(now)) {
      operation.result(name + " was inactive already");
      return Change.UNCHANGED;
    }
    primitives.before(OperationKind.CONTAINER_STOP, name, operation);
    operation.step("stop " + name);
    primitives.stop(name, true);
    operation.result(name + " is inactive");
    return Change.CHANGED;
  }

  void delete(BackendContainer now, WhenActive whenActive, Operation operation) {
    ContainerEngine.require(now);
    String name = now.name();
    boolean active = mayStop("delete", now, whenActive);
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
        Primitives.undo(e, () -> replacement.startAgain(name).ifPresent(e::addSuppressed));
      }
      throw e;
    }
    operation.result(name + " is deleted");
  }

  /** Tells whether it runs; refuses if it does and may not be stopped. */
  static boolean mayStop(String attempt, BackendContainer now, WhenActive whenActive) {
    boolean active = Primitives.active(now);
    if (active && whenActive == WhenActive.REFUSE) {
      throw new RefusedException(
          RefusedException.Guard.ACTIVE,
          "Cannot %s %s: it is active".formatted(attempt, now.name()),
          Remedy.of(
              Remedy.Action.ALLOW_STOP, now.name(), "stop it first, or allow it to be stopped"));
    }
    return active;
  }
}
