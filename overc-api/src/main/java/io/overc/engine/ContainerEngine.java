package io.overc.engine;

import io.overc.container.ContainerNames;
import io.overc.error.NotFoundException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockFile;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerBackend;
import io.overc.spi.Readiness;
import io.overc.spi.SideEffects;
import java.io.IOException;

/** Runs operations on containers: each alone, and after what was interrupted is recovered. */
final class ContainerEngine {
  private final Primitives primitives;
  private final Snapshots snapshots;
  private final Replacement replacement;
  private final InPlace inPlace;
  private final Recovery recovery;

  ContainerEngine(ContainerBackend backend, Readiness readiness, SideEffects effects) {
    this.primitives = new Primitives(backend, readiness, effects);
    this.snapshots = new Snapshots(primitives);
    this.replacement = new Replacement(primitives, snapshots);
    this.inPlace = new InPlace(primitives, snapshots, replacement);
    this.recovery = new Recovery(primitives, replacement, inPlace);
  }

  Primitives primitives() {
    return primitives;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  Replacement replacement() {
    return replacement;
  }

  InPlace inPlace() {
    return inPlace;
  }

  /** Works on a container whose lock is held, and nobody else changes it meanwhile. */
  interface Body<T> {
    /**
     * Does the work.
     *
     * @param now what there is of the container, after recovery
     */
    T run(BackendContainer now, Operation operation) throws IOException;
  }

  <T> T run(OperationKind kind, String name, OperationOptions call, Body<T> body) {
    ContainerNames.container(name);
    return Operation.run(call, kind, name, operation -> locked(name, operation, body));
  }

  @SuppressWarnings("try") // the lock is held, not used
  <T> T locked(String name, Operation operation, Body<T> body) throws IOException {
    LockFile file = LockFile.at(primitives.backend().lockFile(name), "The container " + name);
    try (HeldLock held = file.take(operation.info().kind().name())) {
      return body.run(recovery.run(name, operation), operation);
    }
  }

  /** Does what the backend has no primitives for; what that leaves when it fails is cleaned up. */
  <T> T within(String name, Operation operation, Operation.Body<T> body) throws IOException {
    return locked(
        name,
        operation,
        (now, held) -> {
          try {
            return body.run(held);
          } catch (IOException | RuntimeException e) {
            Primitives.undo(e, () -> primitives.cleanUp(name));
            throw e;
          }
        });
  }

  /** Requires that there is a container; only its current place counts, after recovery. */
  static void require(BackendContainer now) {
    if (now.current().isEmpty()) {
      throw new NotFoundException(
          "There is no container '" + now.name() + "'",
          Remedy.of(Remedy.Action.LIST_CONTAINERS, now.name(), "list the containers"));
    }
  }
}
