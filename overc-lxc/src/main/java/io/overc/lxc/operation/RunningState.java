package io.overc.lxc.operation;

import io.overc.container.Change;
import io.overc.event.Operation;
import io.overc.lxc.instance.ContainerState;
import io.overc.lxc.instance.Instance;
import io.overc.spi.SideEffects;

/** Starts and stops a container on request. */
public final class RunningState {
  private final Instance instance;
  private final SharingChanges sharing;
  private final SideEffects effects;

  /**
   * Starts and stops containers.
   *
   * @param instance does it
   * @param sharing makes what is queued for a container before it starts
   * @param effects the fault-injection point
   */
  public RunningState(Instance instance, SharingChanges sharing, SideEffects effects) {
    this.instance = instance;
    this.sharing = sharing;
    this.effects = effects;
  }

  /** Starts a container, unless it runs. */
  public Change start(String name, Operation operation) {
    if (instance.runs(name)) {
      operation.result(name + " was active already");
      return Change.UNCHANGED;
    }
    sharing.beforeStart(name, operation);
    operation.step("start " + name);
    effects.run("start", () -> instance.start(name));
    operation.result("started " + name);
    return Change.CHANGED;
  }

  /** Stops a container, if it runs; cancelled, it runs again. */
  public Change stop(String name, Operation operation) {
    ContainerState before = instance.state(name);
    if (before == ContainerState.STOPPED) {
      operation.result(name + " was inactive already");
      return Change.UNCHANGED;
    }
    operation.step("stop " + name);
    instance.restoreOnFailure(name, before, () -> effects.run("stop", () -> instance.stop(name)));
    operation.result("stopped " + name);
    return Change.CHANGED;
  }
}
