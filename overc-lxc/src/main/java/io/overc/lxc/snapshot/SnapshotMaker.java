package io.overc.lxc.snapshot;

import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.ContainerCopy;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.Removal;
import io.overc.lxc.container.RootFs;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Subvolumes;
import io.overc.lxc.disk.Trees;
import io.overc.lxc.instance.Freezer;
import io.overc.lxc.instance.Instance;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.util.Optional;

/** Makes, deletes and prepares snapshots; callers hold the container's lock. */
public final class SnapshotMaker {
  private final LxcPath path;
  private final Instance instance;
  private final Freezer freezer;
  private final SnapshotFiles files;
  private final ContainerCopy copy;
  private final Removal removal;
  private final Trees trees;
  private final Dependents dependents;
  private final SideEffects effects;

  /**
   * Makes snapshots of the containers of a directory.
   *
   * @param path where they are
   * @param instance tells whether they run
   * @param freezer freezes them meanwhile
   * @param files knows where snapshots are
   * @param copy copies
   * @param removal removes
   * @param trees makes copies durable
   * @param dependents counts overlays
   * @param effects the fault-injection point
   */
  public SnapshotMaker(
      LxcPath path,
      Instance instance,
      Freezer freezer,
      SnapshotFiles files,
      ContainerCopy copy,
      Removal removal,
      Trees trees,
      Dependents dependents,
      SideEffects effects) {
    this.path = path;
    this.instance = instance;
    this.freezer = freezer;
    this.files = files;
    this.copy = copy;
    this.removal = removal;
    this.trees = trees;
    this.dependents = dependents;
    this.effects = effects;
  }

  /** Snapshots a container. */
  public Snapshot create(String name, SnapshotOptions options, Operation operation) {
    path.need(name);
    Path from = path.container(name);
    RootFs root = ContainerCopy.root(ContainerConfig.of(from), from);
    if (root.kind() == RootFs.Kind.DIRECTORY && !options.fullCopy()) {
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot snapshot %s: it is backed by a plain directory, which shares nothing"
              .formatted(name),
          Remedy.of(
              Remedy.Action.FULL_COPY,
              name,
              "ask for a full copy, or base it on an overlay (lxc-copy -n %s -N NEW -B overlayfs -s)"
                  .formatted(name)));
    }
    Disk.directories(path.snapshots());
    if (root.kind() == RootFs.Kind.BTRFS
        && !options.fullCopy()
        && !Subvolumes.shared(root.directory(), path.snapshots())) {
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot snapshot %s: its subvolume and %s are on different file systems"
              .formatted(name, path.snapshots()),
          Remedy.of(
              Remedy.Action.FULL_COPY,
              name,
              "ask for a full copy, or set lxc.snapshots to a directory on the same btrfs"));
    }
    boolean active = instance.runs(name);
    if (active && !options.freeze()) {
      throw new RefusedException(
          Guard.ACTIVE,
          "Cannot snapshot %s: it is active".formatted(name),
          Remedy.of(
              Remedy.Action.ALLOW_FREEZE, name, "stop it, or ask for it to be frozen meanwhile"));
    }
    LxcSnapshotId id = files.next(name);
    Path staging = path.freshSnapshot(id.toString());
    removal.run(staging);
    operation.step("snapshot " + name + " as " + id);
    Path target = path.snapshot(id.toString());
    if (active) {
      freezer.run(name, () -> copy.run(from, staging, target));
    } else {
      copy.run(from, staging, target);
    }
    files.label(staging, options.comment());
    sync(staging);
    effects.run("name snapshot", () -> Disk.rename(staging, target));
    Cancellation.shielded(() -> dependents.register(target));
    operation.result("made " + id);
    return files.describe(id);
  }

  /** Prepares a container from a snapshot, to be put in place. */
  public void prepare(LxcSnapshotId id, String target, Operation operation) {
    Path from = files.need(id);
    operation.step("copy " + id);
    Path fresh = path.fresh(target);
    removal.run(fresh);
    copy.run(from, fresh, path.container(target));
    // Its deletion begins with a rename, so what is still there was whole when it was copied.
    files.need(id);
    sync(fresh);
  }

  /** Makes a copy durable, as a power cut would otherwise leave empty files under its name. */
  private void sync(Path staging) {
    dependents.describe(staging);
    effects.run("sync", () -> trees.sync(staging));
  }

  /** Deletes a snapshot. */
  public void delete(LxcSnapshotId id) {
    Path directory = files.need(id);
    dependents.refuse("delete", id.toString(), directory);
    Optional<Path> base = dependents.base(directory);
    Path trash = path.freshSnapshot(id.toString().replace('/', '_') + ".gone");
    removal.run(trash);
    effects.run("unname snapshot", () -> Disk.rename(directory, trash));
    // It has no name any more: what is left of it goes too.
    Cancellation.shielded(
        () -> {
          removal.run(trash);
          dependents.unregister(directory, base);
        });
  }
}
