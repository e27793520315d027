package io.overc.engine;

import io.overc.container.Change;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.internal.time.Cancellation;
import io.overc.spi.Instance;

/** Starts and stops a container as it is, in an operation that is under way. */
final class StartStop {
  private final ContainerEngine engine;
  private final Primitives primitives;

  StartStop(ContainerEngine engine) {
    this.engine = engine;
    this.primitives = engine.primitives();
  }

  Change start(String name, Operation operation) {
    if (isActive(name)) {
      operation.result(name + " was active already");
      return Change.UNCHANGED;
    }
    primitives.before(OperationKind.CONTAINER_START, name, operation);
    operation.step("start " + name);
    try {
      primitives.start(name);
    } catch (RuntimeException e) {
      Cancellation.shielded(() -> endAgain(name, e));
      throw e;
    }
    operation.result(name + " is active");
    return Change.CHANGED;
  }

  private void endAgain(String name, RuntimeException cause) {
    try {
      primitives.kill(name);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  Change stop(String name, Operation operation) {
    if (!isActive(name)) {
      operation.result(name + " was inactive already");
      return Change.UNCHANGED;
    }
    primitives.before(OperationKind.CONTAINER_STOP, name, operation);
    operation.step("stop " + name);
    primitives.stop(name, true);
    operation.result(name + " is inactive");
    return Change.CHANGED;
  }

  private boolean isActive(String name) {
    return engine.require(name).current().filter(Instance::active).isPresent();
  }
}
