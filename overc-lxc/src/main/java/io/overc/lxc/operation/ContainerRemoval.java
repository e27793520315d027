package io.overc.lxc.operation;

import io.overc.container.WhenActive;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.Removal;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.instance.ContainerState;
import io.overc.lxc.instance.Instance;
import io.overc.lxc.snapshot.LxcSnapshotId;
import io.overc.lxc.snapshot.SnapshotFiles;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Deletes a container. */
public final class ContainerRemoval {
  private final LxcPath path;
  private final Instance instance;
  private final Dependents dependents;
  private final SnapshotFiles snapshots;
  private final Removal removal;
  private final SideEffects effects;

  /**
   * Deletes the containers of a directory.
   *
   * @param path where they are
   * @param instance stops them
   * @param dependents tells who lies on them
   * @param snapshots tells which snapshots would go with them
   * @param removal removes them
   * @param effects the fault-injection point
   */
  public ContainerRemoval(
      LxcPath path,
      Instance instance,
      Dependents dependents,
      SnapshotFiles snapshots,
      Removal removal,
      SideEffects effects) {
    this.path = path;
    this.instance = instance;
    this.dependents = dependents;
    this.snapshots = snapshots;
    this.removal = removal;
    this.effects = effects;
  }

  /** Deletes a container; cancelled before it is gone, it runs again if it ran. */
  public void run(String name, WhenActive whenActive, Operation operation) {
    Path container = path.container(name);
    dependents.refuse("delete", name, container.resolve("rootfs"));
    refuseSnapshots(name);
    ContainerState before = instance.state(name);
    if (before != ContainerState.STOPPED && whenActive == WhenActive.REFUSE) {
      throw Activation.active("delete", name);
    }
    Optional<Path> base = dependents.base(container);
    removal.run(path.trash(name));
    instance.restoreOnFailure(name, before, () -> take(name, before, operation));
    // It is gone for whoever looks: what is left of it goes too.
    Cancellation.shielded(
        () -> {
          removal.run(path.trash(name));
          dependents.unregister(container, base);
        });
    operation.result("deleted " + name);
  }

  private void take(String name, ContainerState before, Operation operation) {
    if (before != ContainerState.STOPPED) {
      operation.step("stop " + name);
      effects.run("stop", () -> instance.stop(name));
    }
    operation.step("delete " + name);
    effects.run("discard", () -> Disk.rename(path.container(name), path.trash(name)));
  }

  private void refuseSnapshots(String name) {
    List<String> own =
        snapshots.list(name).stream()
            .map(snapshot -> snapshot.id().text())
            .filter(id -> snapshots.inContainer(LxcSnapshotId.parse(id)))
            .toList();
    if (!own.isEmpty()) {
      throw new RefusedException(
          Guard.IN_USE,
          "Cannot delete %s: the snapshots %s are in its directory"
              .formatted(name, String.join(", ", own)),
          Remedy.of(Remedy.Action.DELETE_SNAPSHOTS, name, "delete them first"));
    }
  }
}
