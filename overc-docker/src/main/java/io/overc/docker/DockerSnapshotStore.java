package io.overc.docker;

import io.overc.config.Config;
import io.overc.container.ContainerNames;
import io.overc.docker.container.CommittedSnapshots;
import io.overc.docker.container.SnapshotFiles;
import io.overc.docker.engine.EngineContainer;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Snapshots Docker containers as committed images, and restores them with the options they were
 * made with.
 *
 * <p>A snapshot holds the file system of the container and its configuration, not what is in
 * volumes, nor memory. Containers that were restored under another name do not run; one that was
 * restored in place runs if it ran before. Immutable, thread-safe.
 */
public final class DockerSnapshotStore implements SnapshotStore {
  private static final Set<SnapshotFeature> FEATURES =
      Set.of(
          SnapshotFeature.RESTORE_AS,
          SnapshotFeature.RESTORE_IN_PLACE,
          SnapshotFeature.COMMENTS,
          SnapshotFeature.FREEZE,
          SnapshotFeature.EXPORT,
          SnapshotFeature.IMPORT);

  private final DockerBackend backend;
  private final CommittedSnapshots snapshots;
  private final SnapshotFiles files;

  private DockerSnapshotStore(Builder from) {
    this.backend = new DockerBackend(from);
    this.snapshots = backend.snapshots();
    this.files = new SnapshotFiles(backend.docker(), snapshots);
  }

  /**
   * Makes a store. Calls no engine.
   *
   * @param config the configuration, see {@link DockerKeys}
   * @return the store
   * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
   */
  public static DockerSnapshotStore of(Config config) {
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
    return FEATURES;
  }

  @Override
  public List<String> subjects() {
    return snapshots.all().stream()
        .map(entry -> entry.snapshot().subject())
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public List<Snapshot> list(String subject) {
    return snapshots.of(ContainerNames.container(subject)).stream()
        .map(CommittedSnapshots.Entry::snapshot)
        .toList();
  }

  @Override
  public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
    ContainerNames.container(subject);
    if (options.fullCopy()) {
      throw new RefusedException(
          RefusedException.Guard.UNSUPPORTED,
          "Could not snapshot '" + subject + "': an image shares its layers",
          Remedy.other("export it instead"));
    }
    return locked(
        OperationKind.SNAPSHOT_CREATE,
        subject,
        call,
        operation ->
            snapshots.create(
                backend.containers().require(subject),
                options.comment(),
                options.freeze(),
                operation));
  }

  @Override
  public void restore(SnapshotId id, String target, OperationOptions call) {
    ContainerNames.container(target);
    CommittedSnapshots.Entry entry = snapshots.require(id);
    locked(
        OperationKind.SNAPSHOT_RESTORE,
        target,
        call,
        operation -> {
          operation.step("make the container");
          restore(entry, target);
          operation.result(target + " is restored from " + id);
          return target;
        });
  }

  private void restore(CommittedSnapshots.Entry entry, String target) {
    Optional<EngineContainer> before = backend.containers().find(target);
    if (before.isEmpty()) {
      backend.replacement().create(target, entry.recipe(), false);
    } else if (target.equals(entry.snapshot().subject())) {
      backend.replacement().replace(before.get(), entry.recipe(), before.get().active());
    } else {
      throw new RefusedException(
          RefusedException.Guard.EXISTS,
          "Could not restore %s as '%s': there is a container of that name, and it is another one"
              .formatted(entry.snapshot().id(), target));
    }
  }

  @Override
  public void delete(SnapshotId id, OperationOptions call) {
    String subject = snapshots.require(id).snapshot().subject();
    locked(
        OperationKind.SNAPSHOT_DELETE,
        subject,
        call,
        operation -> {
          operation.step("delete " + id);
          snapshots.delete(snapshots.require(id).snapshot().id());
          operation.result("deleted " + id);
          return id;
        });
  }

  @Override
  public int deleteAll(String subject, OperationOptions call) {
    ContainerNames.container(subject);
    return locked(
        OperationKind.SNAPSHOT_DELETE,
        subject,
        call,
        operation -> {
          operation.step("delete the snapshots of " + subject);
          return snapshots.deleteAll(subject);
        });
  }

  @Override
  public void exportTo(SnapshotId id, Path file, OperationOptions call) {
    Operation.run(
        call,
        OperationKind.SNAPSHOT_EXPORT,
        id.text(),
        operation -> {
          files.exportTo(id, file, operation);
          return file;
        });
  }

  @Override
  public Snapshot importFrom(Path file, String subject, OperationOptions call) {
    ContainerNames.container(subject);
    if (!Files.isRegularFile(file)) {
      throw new NotFoundException("There is no file " + file + " to import");
    }
    return Operation.run(
        call,
        OperationKind.SNAPSHOT_IMPORT,
        subject,
        operation -> files.importFrom(file, subject, operation));
  }

  private <T> T locked(
      OperationKind kind, String name, OperationOptions call, Function<Operation, T> work) {
    return Operation.run(
        call, kind, name, operation -> backend.locked(name, () -> work.apply(operation)));
  }

  /** Builds a {@link DockerSnapshotStore}. Not thread-safe. */
  public static final class Builder extends EngineBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Makes the store. Calls no engine.
     *
     * @return the store
     * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
     */
    public DockerSnapshotStore build() {
      return new DockerSnapshotStore(this);
    }
  }
}
