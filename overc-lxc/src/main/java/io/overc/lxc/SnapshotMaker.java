package io.overc.lxc;

import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.ContainerCopy;
import io.overc.lxc.container.RootFs;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Subvolumes;
import io.overc.lxc.snapshot.LxcSnapshotId;
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
          "Cannot snapshot %s: it is backed by a plain directory, which shares nothing; ask for a full copy (lxc-snap --full-copy), or base it on an overlay (lxc-copy -n %s -N NEW -B overlayfs -s)"
              .formatted(name, name));
    }
    Disk.directories(tools.path.snapshots());
    if (root.kind() == RootFs.Kind.BTRFS
        && !options.fullCopy()
        && !Subvolumes.shared(root.directory(), tools.path.snapshots())) {
      throw new RefusedException(
          "Cannot snapshot %s: its subvolume and %s are on different file systems; ask for a full copy, or set lxc.snapshots to a directory on the same btrfs"
              .formatted(name, tools.path.snapshots()));
    }
    boolean active = tools.instance.runs(name);
    if (active && !options.freeze()) {
      throw new RefusedException(
          "Cannot snapshot %s: it is active; stop it, or ask for it to be frozen meanwhile (lxc-snap --freeze)"
              .formatted(name));
    }
    LxcSnapshotId id = tools.snapshots.next(name);
    Path staging = tools.path.freshSnapshot(id.toString());
    tools.removal.run(staging);
    operation.step("snapshot " + name + " as " + id);
    Path target = tools.path.snapshot(id.toString());
    if (active) {
      tools.freezer.run(name, () -> tools.copy.run(from, staging, target));
    } else {
      tools.copy.run(from, staging, target);
    }
    tools.snapshots.label(staging, options.comment());
    sync(staging);
    tools.effects.run("name snapshot", () -> Disk.rename(staging, target));
    tools.dependents.register(target);
    return tools.snapshots.describe(id);
  }

  /** Prepares a container from a snapshot, to be put in place. */
  void prepare(LxcSnapshotId id, String target, Operation operation) {
    Path from = tools.snapshots.need(id);
    operation.step("copy " + id);
    Path fresh = tools.path.fresh(target);
    tools.removal.run(fresh);
    tools.copy.run(from, fresh, tools.path.container(target));
    // Its deletion begins with a rename, so what is still there was whole when it was copied.
    tools.snapshots.need(id);
    sync(fresh);
  }

  /** Makes a copy durable, as a power cut would otherwise leave empty files under its name. */
  private void sync(Path staging) {
    tools.dependents.describe(staging);
    tools.effects.run("sync", () -> tools.trees.sync(staging));
  }

  void delete(LxcSnapshotId id) {
    Path directory = tools.snapshots.need(id);
    tools.dependents.refuse("delete", id.toString(), directory);
    var base = tools.dependents.base(directory);
    Path trash = tools.path.freshSnapshot(id.toString().replace('/', '_') + ".gone");
    tools.removal.run(trash);
    tools.effects.run("unname snapshot", () -> Disk.rename(directory, trash));
    tools.removal.run(trash);
    tools.dependents.unregister(directory, base);
  }
}
