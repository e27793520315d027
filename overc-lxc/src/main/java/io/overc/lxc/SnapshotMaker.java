package io.overc.lxc;

import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotOptions;
import java.nio.file.Path;

/** Makes, deletes and prepares snapshots; callers hold the container's lock. */
final class SnapshotMaker {
  private final LxcTools tools;

  SnapshotMaker(LxcTools tools) {
    this.tools = tools;
  }

  Snapshot create(String name, SnapshotOptions options, Operation operation) {
    tools.path.need(name);
    Path from = tools.path.container(name);
    RootFs root = ContainerCopy.root(ContainerConfig.of(from), from);
    if (root.kind() == RootFs.Kind.DIRECTORY && !options.fullCopy()) {
      throw new RefusedException(
          "Cannot snapshot %s: it is backed by a plain directory, which shares nothing; ask for a full copy, or base it on an overlay (lxc-copy -n %s -N NEW -B overlayfs -s)"
              .formatted(name, name));
    }
    boolean active = tools.instance.runs(name);
    if (active && !options.freeze()) {
      throw new RefusedException(
          "Cannot snapshot %s: it is active; stop it, or ask for it to be frozen meanwhile"
              .formatted(name));
    }
    SnapshotId id = tools.snapshots.next(name);
    Path staging = tools.path.freshSnapshot(id.toString());
    tools.removal.run(staging);
    operation.step("snapshot " + name + " as " + id);
    if (active) {
      copyFrozen(name, from, staging, id);
    } else {
      tools.copy.run(from, staging, tools.path.snapshot(id.toString()));
    }
    tools.snapshots.label(staging, options.comment());
    Path target = tools.path.snapshot(id.toString());
    tools.mutations.run("name snapshot", () -> Disk.rename(staging, target));
    tools.dependents.register(target);
    return tools.snapshots.describe(id);
  }

  private void copyFrozen(String name, Path from, Path staging, SnapshotId id) {
    try {
      tools.mutations.run("freeze", () -> tools.instance.freeze(name));
      tools.copy.run(from, staging, tools.path.snapshot(id.toString()));
    } finally {
      tools.mutations.run("thaw", () -> tools.instance.thaw(name));
    }
  }

  /** Prepares a container from a snapshot, to be put in place. */
  void prepare(SnapshotId id, String target, Operation operation) {
    Path from = tools.snapshots.need(id);
    operation.step("copy " + id);
    Path fresh = tools.path.fresh(target);
    tools.removal.run(fresh);
    tools.copy.run(from, fresh, tools.path.container(target));
  }

  void delete(SnapshotId id) {
    Path directory = tools.snapshots.need(id);
    tools.dependents.refuse("delete", id.toString(), directory);
    var base = tools.dependents.base(directory);
    Path trash = tools.path.freshSnapshot(id.toString().replace('/', '_') + ".gone");
    tools.removal.run(trash);
    tools.mutations.run("unname snapshot", () -> Disk.rename(directory, trash));
    tools.removal.run(trash);
    tools.dependents.unregister(directory, base);
  }
}
