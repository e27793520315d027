package io.overc.engine;

import io.overc.container.ContainerFeature;
import io.overc.error.InterruptedOperationException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.internal.file.IoErrors;
import io.overc.internal.time.Cancellation;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerBackend;
import io.overc.spi.Health;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import io.overc.spi.Readiness;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

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
    this.readying = new Readying(this, readiness);
  }

  ContainerBackend backend() {
    return backend;
  }

  /** Asks something; a file that cannot be read is a failure that names it. */
  static <T> T ask(String attempt, Question<T> question) {
    try {
      return question.ask();
    } catch (IOException e) {
      throw IoErrors.failed(attempt, e);
    }
  }

  interface Question<T> {
    T ask() throws IOException;
  }

  /** Changes something. */
  void change(String effect, String name, SideEffects.Action<IOException> action) {
    Cancellation.check(effect + " of " + name);
    try {
      effects.run(effect, action);
    } catch (IOException e) {
      throw IoErrors.failed(effect + " of " + name, e);
    }
  }

  /** Makes something. */
  <T> T make(String effect, String name, Question<T> maker) {
    Cancellation.check(effect + " of " + name);
    return ask(effect + " of " + name, () -> effects.make(effect, maker::ask));
  }

  /** Puts things back after a failure, even if the operation is cancelled. */
  static void undo(Exception cause, Runnable work) {
    try {
      Cancellation.shielded(work::run);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  static RefusedException unsupported(ContainerFeature feature) {
    return new RefusedException(
        RefusedException.Guard.UNSUPPORTED, "The backend has no feature " + feature);
  }

  BackendContainer find(String name) {
    return ask("examine the container " + name, () -> backend.find(name));
  }

  List<BackendContainer> list() {
    return ask("list the containers", backend::list);
  }

  static boolean active(BackendContainer now) {
    return now.current().filter(Instance::active).isPresent();
  }

  Health health(String name, List<String> command, Duration limit) {
    return ask("examine the container " + name, () -> backend.health(name, command, limit));
  }

  void cleanUp(String name) {
    change("clean up", name, () -> backend.cleanUp(name));
    if (backend.freezer().isPresent()) {
      change("thaw", name, () -> backend.freezer().get().thaw(name));
    }
  }

  void before(OperationKind kind, String name, Operation operation) {
    change("prepare operation", name, () -> backend.before(kind, name, operation));
  }

  void create(String name, Intent intent, Operation operation) {
    change("create new", name, () -> backend.create(name, intent, operation));
  }

  void record(String name, Intent intent) {
    change("record intent", name, () -> backend.record(name, intent));
  }

  void forget(String name) {
    change("forget intent", name, () -> backend.forget(name));
  }

  /** Starts it and waits until it is ready. */
  void start(String name) {
    change("start", name, () -> backend.start(name));
    readying.await(name);
  }

  /** Starts what ran before, and watches it; what it is for need not work yet. */
  void startAgain(String name) {
    change("start again", name, () -> backend.start(name));
    readying.settle(name);
  }

  Readying readying() {
    return readying;
  }

  /**
   * Stops it. Cancelled, it is not left dying: it ends, and is started again as it ran before.
   *
   * @param again whether to start it again here, if this is cancelled
   */
  void stop(String name, boolean again) {
    try {
      change("stop", name, () -> backend.stop(name));
    } catch (InterruptedOperationException e) {
      undo(
          e,
          () -> {
            // It may have been told to end already, and would be seen running for a while only.
            change("stop", name, () -> backend.stop(name));
            if (again) {
              startAgain(name);
            }
          });
      throw e;
    }
  }

  void kill(String name) {
    change("kill", name, () -> backend.kill(name));
  }

  void move(String name, Place from, Place to) {
    change("move " + from + " to " + to, name, () -> backend.move(name, from, to));
  }

  void remove(String name, Place place) {
    change("remove " + place, name, () -> backend.remove(name, place));
  }
}
