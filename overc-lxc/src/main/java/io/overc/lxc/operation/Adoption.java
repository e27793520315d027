package io.overc.lxc.operation;

import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.ContainerCopy;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.Removal;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Trees;
import io.overc.lxc.snapshot.SnapshotFiles;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Turns the directory of a container that was replaced into a snapshot: by a rename or, where the
 * snapshots are on another file system, by a copy. Can be interrupted anywhere and called again.
 */
public final class Adoption {
  private static final String COMMENT = "as it was before it was replaced";

  private final LxcPath path;
  private final SnapshotFiles snapshots;
  private final ContainerCopy copy;
  private final Removal removal;
  private final Trees trees;
  private final SideEffects effects;

  /**
   * Makes snapshots of the containers of a directory.
   *
   * @param path where they and their snapshots are
   * @param snapshots labels snapshots
   * @param copy copies to another file system
   * @param removal removes what an interrupted copy has left
   * @param trees makes a copy durable
   * @param effects the fault-injection point
   */
  public Adoption(
      LxcPath path,
      SnapshotFiles snapshots,
      ContainerCopy copy,
      Removal removal,
      Trees trees,
      SideEffects effects) {
    this.path = path;
    this.snapshots = snapshots;
    this.copy = copy;
    this.removal = removal;
    this.trees = trees;
    this.effects = effects;
  }

  /**
   * Makes the snapshot.
   *
   * @param old where the replaced container stands; its config still says where it was
   * @param name the name of the container
   * @param id what the snapshot is called
   */
  void run(Path old, String name, String id) {
    Disk.directories(path.snapshots());
    Path container = path.container(name);
    if (Disk.sameFileSystem(old, path.snapshots())) {
      effects.run("adopt snapshot", () -> move(old, container, id));
      return;
    }
    Path target = path.snapshot(id);
    if (!Disk.exists(target)) {
      Path staging = path.freshSnapshot(id);
      removal.run(staging);
      ContainerConfig config = ContainerConfig.of(old);
      Disk.write(old.resolve("config"), config.moved(container, old).text());
      copy.run(old, staging, target);
      snapshots.label(staging, Optional.of(COMMENT));
      effects.run("sync", () -> trees.sync(staging));
      effects.run("name snapshot", () -> Disk.rename(staging, target));
    }
    removal.run(path.trash(name));
    effects.run("discard", () -> Disk.rename(old, path.trash(name)));
  }

  private void move(Path old, Path container, String id) {
    ContainerConfig config = ContainerConfig.of(old);
    Path target = path.snapshot(id);
    Disk.write(old.resolve("config"), config.moved(container, target).text());
    Disk.delete(old.resolve("lxc_snapshots"));
    snapshots.label(old, Optional.of(COMMENT));
    Disk.settle(old);
    Disk.rename(old, target);
  }
}
