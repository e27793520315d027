package io.overc.engine;

import io.overc.error.InterruptedOperationException;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.spi.BackendContainer;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import java.util.Optional;

/**
 * Finishes or undoes what an operation has left that did not come to its end, by what is true now:
 * a new container that runs and is ready is kept; one that may hold data is never thrown away, it
 * becomes a snapshot. Can itself be interrupted anywhere.
 */
final class Recovery {
  static final OperationKind UNKNOWN = new OperationKind("operation");

  private final Primitives primitives;
  private final Replacement replacement;
  private final InPlace inPlace;

  Recovery(Primitives primitives, Replacement replacement, InPlace inPlace) {
    this.primitives = primitives;
    this.replacement = replacement;
    this.inPlace = inPlace;
  }

  /** Recovers, if there is anything to be recovered; returns what there is of the container. */
  BackendContainer run(String name, Operation operation) {
    primitives.cleanUp(name);
    BackendContainer now = primitives.find(name);
    if (!now.pending()) {
      return now;
    }
    Intent intent =
        now.intent().orElseGet(() -> Intent.replace(UNKNOWN, false, false, Optional.empty()));
    switch (intent.type()) {
      case FREEZE -> primitives.forget(name);
      case IN_PLACE -> inPlace.recover(now, intent, operation);
      case REPLACE -> recover(now, intent, operation);
    }
    return primitives.find(name);
  }

  private void recover(BackendContainer now, Intent intent, Operation operation) {
    String name = now.name();
    boolean exchanged = now.old().isPresent();
    if (exchanged && now.current().isPresent() && isReady(now.current().get(), name, intent)) {
      warn(name, intent, "finished", operation);
      replacement.finish(name, true, intent);
      return;
    }
    // Without an old one nothing was exchanged, or the exchange is over, one way or the other.
    boolean begun = exchanged || now.fresh().isPresent();
    warn(name, intent, begun ? "undone" : "ended", operation);
    replacement
        .undo(now, false, intent.active() && begun, true, operation)
        .ifPresent(e -> warnNotStarted(name, e, operation));
  }

  /** Tells whether the new container is ready; one that may have been is started for that. */
  private boolean isReady(Instance fresh, String name, Intent intent) {
    if (!intent.start()) {
      return true;
    }
    if (!fresh.active() && !fresh.started()) {
      return false;
    }
    try {
      if (fresh.active()) {
        primitives.readying().await(name);
      } else {
        primitives.start(name);
      }
      return true;
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static void warn(String name, Intent intent, String what, Operation operation) {
    operation.warn("An interrupted %s of %s is %s".formatted(intent.operation(), name, what));
  }

  static void warnNotStarted(String name, RuntimeException e, Operation operation) {
    operation.warn("%s is back as it was, but does not start: %s".formatted(name, e.getMessage()));
  }
}
