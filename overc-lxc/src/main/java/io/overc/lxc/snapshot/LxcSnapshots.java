package io.overc.lxc.snapshot;

import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.ContainerCopy;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.Freezer;
import io.overc.lxc.container.FreshContainer;
import io.overc.lxc.container.LxcCommands;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.Removal;
import io.overc.lxc.container.RootFs;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Subvolumes;
import io.overc.lxc.disk.Trees;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import io.overc.spi.SideEffects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes snapshots as containers of their own in the directory of lxc-snap. */
public record LxcSnapshots(
    LxcPath path,
    LxcCommands commands,
    Freezer freezer,
    SnapshotFiles files,
    SnapshotArchive archive,
    ContainerCopy copy,
    FreshContainer fresh,
    Removal removal,
    Trees trees,
    Dependents dependents,
    SideEffects effects)
    implements ContainerSnapshots {
  @Override
  public Set<SnapshotFeature> features() {
    return EnumSet.allOf(SnapshotFeature.class);
  }

  @Override
  public List<String> subjects() {
    requirePath();
    return files.subjects();
  }

  @Override
  public List<Snapshot> list(String name) {
    requirePath();
    return files.list(name);
  }

  /** Refuses a missing lxcpath, which may be misspelt: its snapshots must not seem to be lost. */
  private void requirePath() {
    if (!Files.isDirectory(path.root()) && !Files.isDirectory(path.snapshots())) {
      throw path.missing();
    }
  }

  @Override
  public Optional<Snapshot> find(SnapshotId id) {
    return files.find(LxcSnapshotId.parse(id));
  }

  @Override
  public SnapshotId next(String name) {
    return files.next(name).id();
  }

  @Override
  public Snapshot commit(
      String name, Place place, SnapshotId id, SnapshotOptions options, Operation operation) {
    Path from = path.at(name, place);
    boolean active = place == Place.CURRENT && commands.runs(name);
    check(name, ContainerCopy.root(ContainerConfig.of(from), from), options, active);
    Path staging = path.freshSnapshot(id.text());
    Path target = path.snapshot(id.text());
    removal.run(staging);
    try {
      if (active) {
        freezer.whileFrozen(name, () -> copy.run(from, staging, target));
      } else {
        copy.run(from, staging, target);
      }
      files.label(staging, options.comment());
      name(staging, target);
    } catch (RuntimeException e) {
      Cancellation.shielded(() -> removal.run(staging));
      throw e;
    }
    Cancellation.shielded(() -> dependents.register(target));
    return files.describe(LxcSnapshotId.parse(id));
  }

  /** Gives a snapshot its name once a power cut would not leave empty files under it. */
  private void name(Path staging, Path target) {
    dependents.describe(staging);
    effects.run("sync", () -> trees.sync(staging));
    effects.run("name snapshot", () -> Disk.rename(staging, target));
  }

  private void check(String name, RootFs root, SnapshotOptions options, boolean active) {
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
    if (active && !options.freeze()) {
      throw new RefusedException(
          Guard.ACTIVE,
          "Cannot snapshot %s: it is active".formatted(name),
          Remedy.of(
              Remedy.Action.ALLOW_FREEZE, name, "stop it, or ask for it to be frozen meanwhile"));
    }
  }

  @Override
  public boolean adopts() {
    return true;
  }

  /** By a rename or, where the snapshots are on another file system, by a copy. */
  @Override
  public void adopt(String name, Place place, SnapshotId id, String comment) {
    Path old = path.at(name, place);
    if (!Disk.exists(old)) {
      return;
    }
    if (place == Place.OLD) {
      fresh.committed(name);
    }
    fresh.leave(name, old);
    Disk.directories(path.snapshots());
    Path target = path.snapshot(id.text());
    // Wherever it is by now, its config names the place that it had as the container.
    ContainerConfig config = ContainerConfig.of(old);
    if (Disk.sameFileSystem(old, path.snapshots())) {
      effects.run(
          "move to snapshots",
          () -> {
            Disk.write(old.resolve("config"), config.moved(path.container(name), target).text());
            Disk.delete(old.resolve("lxc_snapshots"));
            files.label(old, Optional.of(comment));
            Disk.syncFiles(old);
            Disk.rename(old, target);
          });
      return;
    }
    if (!Disk.exists(target)) {
      Path staging = path.freshSnapshot(id.text());
      removal.run(staging);
      copy.run(old, config.moved(path.container(name), old), staging, target);
      files.label(staging, Optional.of(comment));
      name(staging, target);
    }
    removal.discard(old, path.trash(name));
  }

  @Override
  public void restore(SnapshotId id, String name, Intent intent, Operation operation) {
    LxcSnapshotId snapshot = LxcSnapshotId.parse(id);
    Path from = files.require(snapshot);
    Path staging = fresh.begin(name);
    copy.run(from, staging, path.container(name));
    // Its deletion begins with a rename, so what is still there was whole when it was copied.
    files.require(snapshot);
    dependents.describe(staging);
    fresh.publish(name, intent);
  }

  @Override
  public void discard(SnapshotId id) {
    Path directory = files.require(LxcSnapshotId.parse(id));
    dependents.refuse("delete", id.text(), directory);
    Optional<Path> base = dependents.base(directory);
    removal.discard(directory, path.freshSnapshot(id.text().replace('/', '_') + ".gone"));
    Cancellation.shielded(() -> dependents.unregister(directory, base));
  }

  @Override
  public void exportTo(SnapshotId id, Path file, Operation operation) {
    archive.write(LxcSnapshotId.parse(id), file.toAbsolutePath());
  }

  @Override
  public Snapshot importFrom(Path file, String name, ImportOptions options, Operation operation) {
    return archive.read(file.toAbsolutePath(), name, options, operation);
  }
}
