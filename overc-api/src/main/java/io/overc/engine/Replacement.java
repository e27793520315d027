package io.overc.engine;

import io.overc.container.ActivationFailedException;
import io.overc.error.InterruptedOperationException;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.spi.BackendContainer;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Exchanges a container for the fresh one that is prepared; the one way in which this is ever done.
 * The old one stays complete until the new one is ready, and comes back if it is not.
 */
final class Replacement {
  private final Primitives primitives;
  private final Snapshots snapshots;

  Replacement(Primitives primitives, Snapshots snapshots) {
    this.primitives = primitives;
    this.snapshots = snapshots;
  }

  /**
   * Puts the fresh container in place.
   *
   * @param before what there was, the fresh one not counted
   * @param intent what is recorded with the fresh one
   * @throws ActivationFailedException if the new one is not ready; the old one is back, as it says
   * @throws InterruptedOperationException if it is cancelled; the old one is back
   */
  void run(BackendContainer before, Intent intent, Operation operation) {
    String name = before.name();
    boolean present = before.current().isPresent();
    try {
      exchange(name, present, intent, operation);
    } catch (RuntimeException e) {
      throw Cancellation.shielded(() -> wentBack(name, present, intent, e, operation));
    }
    // The new one is ready: from here on, what is cancelled is finished all the same.
    Cancellation.shielded(() -> finishOrWarn(name, present, intent, operation));
  }

  private void exchange(String name, boolean present, Intent intent, Operation operation) {
    if (intent.active()) {
      operation.step("stop " + name);
      primitives.stop(name, false);
    }
    operation.step("put the new " + name + " in place");
    if (present) {
      primitives.move(name, Place.CURRENT, Place.OLD);
    }
    primitives.move(name, Place.FRESH, Place.CURRENT);
    if (intent.start()) {
      operation.step("start " + name);
      primitives.start(name);
    }
  }

  private RuntimeException wentBack(
      String name, boolean present, Intent intent, RuntimeException cause, Operation operation) {
    return new GoBack(
            "Replacing " + name,
            "The new container " + name + " did not become ready",
            present ? "the old one is back" : "it is removed again",
            "going back")
        .after(
            cause,
            operation,
            () -> undo(primitives.find(name), !present, intent.active(), false, operation));
  }

  /**
   * Puts the old container back, whatever has happened so far, and discards the new one.
   *
   * @param created whether there was none, so that a current one that has no old one is the new one
   * @param keep whether a new one that may hold data becomes a snapshot
   * @return why the old one does not run although it did, if so
   */
  Optional<RuntimeException> undo(
      BackendContainer now, boolean created, boolean restart, boolean keep, Operation operation) {
    String name = now.name();
    boolean replaced = now.old().isPresent();
    // Beside a fresh one, what is current is not ours: somebody has taken the name meanwhile.
    boolean ours = replaced || (created && now.fresh().isEmpty());
    Optional<Instance> discarded = now.fresh();
    if (now.current().isPresent() && ours) {
      discarded = now.current();
      primitives.kill(name);
      if (now.fresh().isPresent()) {
        primitives.remove(name, Place.FRESH);
      }
      primitives.move(name, Place.CURRENT, Place.FRESH);
    }
    if (replaced) {
      primitives.move(name, Place.OLD, Place.CURRENT);
    }
    Optional<RuntimeException> notStarted = restart ? startAgain(name) : Optional.empty();
    if (keep && discarded.filter(Instance::started).isPresent()) {
      snapshots.setAside(name, Place.FRESH, operation);
    } else {
      primitives.remove(name, Place.FRESH);
    }
    primitives.forget(name);
    return notStarted;
  }

  /** A container that does not start must not block what its user does about it. */
  Optional<RuntimeException> startAgain(String name) {
    try {
      if (primitives.find(name).current().filter(one -> !one.active()).isPresent()) {
        primitives.startAgain(name);
      }
      return Optional.empty();
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  private void finishOrWarn(String name, boolean old, Intent intent, Operation operation) {
    try {
      finish(name, old, intent);
    } catch (RuntimeException e) {
      operation.warn(
          "The new %s is in place, but what it replaced could not be removed; the next operation tries again: %s"
              .formatted(name, e.getMessage()));
    }
  }

  /**
   * Removes or keeps as a snapshot what was replaced; can be called again after an interruption.
   *
   * @param old whether there is anything
   */
  void finish(String name, boolean old, Intent intent) {
    if (old) {
      if (intent.snapshot().isPresent() && snapshots.require().adopts()) {
        snapshots.adopt(
            name, Place.OLD, intent.snapshot().get(), "as it was before it was replaced");
      }
      primitives.remove(name, Place.OLD);
    }
    primitives.forget(name);
  }

  /**
   * Goes back after a failure, and tells how that went.
   *
   * @param attempt what was cancelled: "Replacing web"
   * @param failure what has failed, if it was not cancelled
   * @param back what is the case afterwards: "the old one is back"
   * @param goingBack what may fail itself
   */
  record GoBack(String attempt, String failure, String back, String goingBack) {

    /**
     * Goes back.
     *
     * @param undo returns why the container does not run although it did, if so
     * @return the exception to be thrown
     */
    RuntimeException after(
        RuntimeException cause, Operation operation, Supplier<Optional<RuntimeException>> undo) {
      String result = back;
      boolean done = false;
      try {
        Optional<RuntimeException> notStarted = undo.get();
        done = notStarted.isEmpty();
        if (!done) {
          cause.addSuppressed(notStarted.get());
          result += ", but does not start: " + notStarted.get().getMessage();
        }
      } catch (RuntimeException e) {
        cause.addSuppressed(e);
        result =
            "%s failed (%s); the next operation tries again".formatted(goingBack, e.getMessage());
      }
      if (cause instanceof InterruptedOperationException) {
        if (!done) {
          operation.warn("%s was cancelled: %s".formatted(attempt, result));
        }
        return cause;
      }
      return new ActivationFailedException(
          "%s; %s: %s".formatted(failure, result, cause.getMessage()), done, cause);
    }
  }
}
