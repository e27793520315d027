package io.overc.lxc;

import io.overc.container.ContainerNames;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.snapshot.LxcSnapshotId;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Snapshots LXC containers in the layout of lxc-snap: {@code <lxcpath>snaps/NAME_N}, a container of
 * its own with the files {@code ts} and {@code comment}. Snapshots that lxc-snap made are listed
 * and restored, and the other way round; those of lxc-snapshot ({@code NAME/snaps/snapN}) have the
 * id {@code NAME/snapN}.
 *
 * <p>A container on an overlay is snapshotted by its upper directory, one on btrfs by a subvolume,
 * one in a plain directory only by a full copy. One that runs must be allowed to be frozen. A
 * restored container keeps the host name and hardware addresses of the snapshot, as with lxc-snap,
 * and is not started.
 */
public final class LxcSnapshotStore implements SnapshotStore {
  private final LxcTools tools;
  private final SnapshotMaker maker;

  LxcSnapshotStore(LxcTools tools) {
    this.tools = tools;
    this.maker = new SnapshotMaker(tools);
  }

  @Override
  public Set<SnapshotFeature> features() {
    return Set.copyOf(EnumSet.allOf(SnapshotFeature.class));
  }

  @Override
  public List<String> subjects() {
    needPath();
    return tools.snapshots.subjects();
  }

  @Override
  public List<Snapshot> list(String subject) {
    ContainerNames.container(subject);
    needPath();
    return tools.snapshots.list(subject);
  }

  /** A directory that is misspelt has no snapshots either, and shall not seem to have lost them. */
  private void needPath() {
    if (!Files.isDirectory(tools.path.root()) && !Files.isDirectory(tools.path.snapshots())) {
      throw tools.path.missing();
    }
  }

  @Override
  public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
    return tools.locked(
        "snapshot", subject, 1, call, operation -> maker.create(subject, options, operation));
  }

  @Override
  public void restore(SnapshotId id, String target, OperationOptions call) {
    LxcSnapshotId snapshot = LxcSnapshotId.parse(id);
    tools.locked(
        "restore",
        target,
        3,
        call,
        operation -> {
          restore(snapshot, target, operation);
          return true;
        });
  }

  private void restore(LxcSnapshotId id, String target, Operation operation) {
    tools.snapshots.need(id);
    boolean inPlace = id.container().equals(target);
    Path container = tools.path.container(target);
    if (Disk.exists(container)) {
      if (!inPlace) {
        throw new RefusedException(
            "Cannot restore %s to %s: %s is already there; choose a name that is free"
                .formatted(id, target, container));
      }
      if (tools.instance.runs(target)) {
        throw new RefusedException(
            "Cannot restore %s to %s: it is active; stop it first".formatted(id, target));
      }
      tools.dependents.refuse("replace", target, container.resolve("rootfs"));
    }
    maker.prepare(id, target, operation);
    tools.replacement.run(target, false, Optional.empty(), operation);
    tools.dependents.register(container);
  }

  @Override
  public void delete(SnapshotId id, OperationOptions call) {
    LxcSnapshotId snapshot = LxcSnapshotId.parse(id);
    tools.locked(
        "delete snapshot",
        snapshot.container(),
        1,
        call,
        operation -> {
          maker.delete(snapshot);
          return true;
        });
  }

  @Override
  public int deleteAll(String subject, OperationOptions call) {
    return tools.locked(
        "delete snapshots",
        subject,
        1,
        call,
        operation -> {
          operation.step("delete the snapshots of " + subject);
          List<String> failures = new ArrayList<>();
          int deleted = 0;
          for (Snapshot snapshot : tools.snapshots.list(subject)) {
            try {
              maker.delete(LxcSnapshotId.parse(snapshot.id()));
              deleted++;
            } catch (OvercException e) {
              failures.add(snapshot.id() + ": " + e.getMessage());
            }
          }
          if (!failures.isEmpty()) {
            throw new OvercException(
                "Deleted %d snapshots of %s, but not %s"
                    .formatted(deleted, subject, String.join("; ", failures)));
          }
          return deleted;
        });
  }

  @Override
  public void exportTo(SnapshotId id, Path file, OperationOptions call) {
    LxcSnapshotId snapshot = LxcSnapshotId.parse(id);
    if (Disk.exists(file)) {
      throw new RefusedException(
          "Cannot export " + id + ": " + file + " is already there; name a new file");
    }
    tools.locked(
        "export",
        snapshot.container(),
        1,
        call,
        operation -> {
          operation.step("pack " + snapshot);
          new SnapshotArchive(tools).write(snapshot, file.toAbsolutePath());
          return true;
        });
  }

  @Override
  public Snapshot importFrom(Path file, String subject, OperationOptions call) {
    ContainerNames.container(subject);
    if (!Files.isRegularFile(file)) {
      throw new NotFoundException("There is no file " + file + " to import");
    }
    return tools.locked(
        "import",
        subject,
        2,
        call,
        operation -> new SnapshotArchive(tools).read(file.toAbsolutePath(), subject, operation));
  }
}
