package io.overc.lxc.operation;

import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.instance.Instance;
import io.overc.lxc.snapshot.LxcSnapshotId;
import io.overc.lxc.snapshot.SnapshotFiles;
import io.overc.lxc.snapshot.SnapshotMaker;
import java.nio.file.Path;
import java.util.Optional;

/** Puts a copy of a snapshot in the place of a container. */
public final class ContainerRollback {
  private final LxcPath path;
  private final Instance instance;
  private final Dependents dependents;
  private final SnapshotFiles files;
  private final SnapshotMaker snapshots;
  private final Replacement replacement;

  /**
   * Rolls back the containers of a directory.
   *
   * @param path where they are
   * @param instance tells whether they run
   * @param dependents tells who lies on them
   * @param files finds snapshots
   * @param snapshots copies them
   * @param replacement exchanges containers
   */
  public ContainerRollback(
      LxcPath path,
      Instance instance,
      Dependents dependents,
      SnapshotFiles files,
      SnapshotMaker snapshots,
      Replacement replacement) {
    this.path = path;
    this.instance = instance;
    this.dependents = dependents;
    this.files = files;
    this.snapshots = snapshots;
    this.replacement = replacement;
  }

  /** Takes a container back to a snapshot; one that runs is stopped, and runs again then. */
  public void run(String name, LxcSnapshotId id, Operation operation) {
    files.need(id);
    dependents.refuse("replace", name, path.container(name).resolve("rootfs"));
    boolean active = instance.runs(name);
    snapshots.prepare(id, name, operation);
    replacement.run(name, active, Optional.empty(), operation);
    operation.result("%s is back at %s".formatted(name, id));
  }

  /**
   * Restores a snapshot under a free name, or in the place of its container, which must not run.
   */
  public void restore(LxcSnapshotId id, String target, Operation operation) {
    files.need(id);
    Path container = path.container(target);
    if (Disk.exists(container)) {
      refuse(id, target, container);
      dependents.refuse("replace", target, container.resolve("rootfs"));
    }
    snapshots.prepare(id, target, operation);
    replacement.run(target, false, Optional.empty(), operation);
    operation.result("restored %s to %s".formatted(id, target));
  }

  private void refuse(LxcSnapshotId id, String target, Path container) {
    if (!id.container().equals(target)) {
      throw new RefusedException(
          Guard.EXISTS,
          "Cannot restore %s to %s: %s is already there".formatted(id, target, container),
          Remedy.other("choose a name that is free"));
    }
    if (instance.runs(target)) {
      throw new RefusedException(
          Guard.ACTIVE,
          "Cannot restore %s to %s: it is active".formatted(id, target),
          Remedy.other("stop it first"));
    }
  }
}
