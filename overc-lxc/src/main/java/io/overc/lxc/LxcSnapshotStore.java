package io.overc.lxc;

import io.overc.config.Config;
import io.overc.container.ContainerNames;
import io.overc.error.InterruptedOperationException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.operation.ContainerOperations;
import io.overc.lxc.operation.ContainerRollback;
import io.overc.lxc.snapshot.LxcSnapshotId;
import io.overc.lxc.snapshot.SnapshotArchive;
import io.overc.lxc.snapshot.SnapshotFiles;
import io.overc.lxc.snapshot.SnapshotMaker;
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
import java.util.Set;

/**
 * Snapshots LXC containers in the layout of lxc-snap: {@code <lxcpath>snaps/NAME_N}, a container of
 * its own with the files {@code ts} and {@code comment}. Snapshots that lxc-snap made are listed
 * and restored, and the other way round; those of lxc-snapshot ({@code NAME/snaps/snapN}) have the
 * id {@code NAME/snapN}. Immutable, thread-safe.
 *
 * <p>A container on an overlay is snapshotted by its upper directory, one on btrfs by a subvolume,
 * one in a plain directory only by a full copy. One that runs must be allowed to be frozen; one
 * that its user has frozen stays so. A restored container keeps the host name and hardware
 * addresses of the snapshot, as with lxc-snap, and is not started.
 *
 * <pre>{@code
 * LxcSnapshotStore.builder().config(config).build()
 * }</pre>
 */
public final class LxcSnapshotStore implements SnapshotStore {
  private final LxcPath path;
  private final ContainerOperations operations;
  private final SnapshotFiles files;
  private final SnapshotMaker maker;
  private final SnapshotArchive archive;
  private final ContainerRollback rollback;

  LxcSnapshotStore(
      LxcPath path,
      ContainerOperations operations,
      SnapshotFiles files,
      SnapshotMaker maker,
      SnapshotArchive archive,
      ContainerRollback rollback) {
    this.path = path;
    this.operations = operations;
    this.files = files;
    this.maker = maker;
    this.archive = archive;
    this.rollback = rollback;
  }

  /**
   * Makes a store. Starts no process.
   *
   * @param config the configuration, see {@link LxcKeys}
   * @return the store
   * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
   */
  public static LxcSnapshotStore of(Config config) {
    return builder().config(config).build();
  }

  /**
   * Begins a store.
   *
   * @return a builder with the default configuration
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Set<SnapshotFeature> features() {
    return Set.copyOf(EnumSet.allOf(SnapshotFeature.class));
  }

  @Override
  public List<String> subjects() {
    needPath();
    return files.subjects();
  }

  @Override
  public List<Snapshot> list(String subject) {
    ContainerNames.container(subject);
    needPath();
    return all(subject);
  }

  List<Snapshot> all(String subject) {
    return files.list(subject);
  }

  /** A directory that is misspelt has no snapshots either, and shall not seem to have lost them. */
  private void needPath() {
    if (!Files.isDirectory(path.root()) && !Files.isDirectory(path.snapshots())) {
      throw path.missing();
    }
  }

  @Override
  public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
    return operations.run(
        OperationKind.SNAPSHOT_CREATE,
        subject,
        call,
        operation -> maker.create(subject, options, operation));
  }

  @Override
  public void restore(SnapshotId id, String target, OperationOptions call) {
    LxcSnapshotId snapshot = LxcSnapshotId.parse(id);
    operations.run(
        OperationKind.SNAPSHOT_RESTORE,
        target,
        call,
        operation -> {
          rollback.restore(snapshot, target, operation);
          return target;
        });
  }

  @Override
  public void delete(SnapshotId id, OperationOptions call) {
    LxcSnapshotId snapshot = LxcSnapshotId.parse(id);
    operations.run(
        OperationKind.SNAPSHOT_DELETE,
        snapshot.container(),
        call,
        operation -> {
          operation.step("delete " + snapshot);
          maker.delete(snapshot);
          operation.result("deleted " + snapshot);
          return snapshot;
        });
  }

  @Override
  public int deleteAll(String subject, OperationOptions call) {
    return operations.run(
        OperationKind.SNAPSHOT_DELETE, subject, call, operation -> deleteAll(subject, operation));
  }

  private int deleteAll(String subject, Operation operation) {
    operation.step("delete the snapshots of " + subject);
    List<String> failures = new ArrayList<>();
    int deleted = 0;
    for (Snapshot snapshot : all(subject)) {
      try {
        maker.delete(LxcSnapshotId.parse(snapshot.id()));
        deleted++;
      } catch (InterruptedOperationException e) {
        throw e;
      } catch (OvercException e) {
        failures.add(snapshot.id() + ": " + e.getMessage());
      }
    }
    if (!failures.isEmpty()) {
      throw new OvercException(
          "Deleted %d snapshots of %s, but not %s"
              .formatted(deleted, subject, String.join("; ", failures)));
    }
    operation.result("deleted %d snapshots of %s".formatted(deleted, subject));
    return deleted;
  }

  @Override
  public void exportTo(SnapshotId id, Path file, OperationOptions call) {
    LxcSnapshotId snapshot = LxcSnapshotId.parse(id);
    if (Disk.exists(file)) {
      throw new RefusedException(
          Guard.EXISTS,
          "Cannot export " + id + ": " + file + " is already there",
          Remedy.other("name a new file"));
    }
    operations.run(
        OperationKind.SNAPSHOT_EXPORT,
        snapshot.container(),
        call,
        operation -> {
          operation.step("pack " + snapshot);
          archive.write(snapshot, file.toAbsolutePath());
          operation.result("exported %s to %s".formatted(snapshot, file));
          return file;
        });
  }

  @Override
  public Snapshot importFrom(Path file, String subject, OperationOptions call) {
    ContainerNames.container(subject);
    if (!Files.isRegularFile(file)) {
      throw new NotFoundException("There is no file " + file + " to import");
    }
    return operations.run(
        OperationKind.SNAPSHOT_IMPORT,
        subject,
        call,
        operation -> archive.read(file.toAbsolutePath(), subject, operation));
  }

  /** Builds stores. Not thread-safe. */
  public static final class Builder extends LxcBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Makes the store.
     *
     * @return a store
     * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
     */
    public LxcSnapshotStore build() {
      return backends().snapshotStore();
    }
  }
}
