package io.overc.docker;

import io.overc.config.Config;
import io.overc.container.ContainerNames;
import io.overc.docker.container.CommittedSnapshots;
import io.overc.docker.container.SnapshotFiles;
import io.overc.docker.engine.EngineContainer;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandRunner;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  private DockerSnapshotStore(DockerBackend backend) {
    this.backend = backend;
    this.snapshots = backend.snapshots();
    this.files = new SnapshotFiles(backend.docker(), backend.effects(), snapshots);
  }

  /**
   * Makes a store. Calls no engine.
   *
   * @param config the configuration, see {@link DockerKeys}
   * @return the store
   * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
   */
  public static DockerSnapshotStore of(Config config) {
    return of(config, CommandRunner.system(), SideEffects.direct());
  }

  static DockerSnapshotStore of(Config config, CommandRunner runner, SideEffects effects) {
    return new DockerSnapshotStore(new DockerBackend(config, runner, effects));
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
    return snapshots.of(ContainerNames.container(subject));
  }

  @Override
  public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
    ContainerNames.container(subject);
    if (options.fullCopy()) {
      throw new RefusedException(
          "Could not snapshot '" + subject + "': an image shares its layers; export it instead");
    }
    try (Operation operation = Operation.start(call.listener(), "container snapshot", subject, 1)) {
      Snapshot made =
          backend.locked(
              subject,
              () -> {
                EngineContainer container = backend.containers().existing(subject);
                operation.step("commit the container");
                return snapshots.create(container, options.comment(), options.freeze());
              });
      operation.succeeded("snapshot " + made.id());
      return made;
    }
  }

  @Override
  public void restore(String id, String target, OperationOptions call) {
    ContainerNames.container(target);
    CommittedSnapshots.Entry entry = snapshots.existing(id);
    try (Operation operation = Operation.start(call.listener(), "snapshot restore", target, 1)) {
      operation.step("make the container");
      String done = backend.locked(target, () -> restore(entry, target));
      operation.succeeded(done);
    }
  }

  private String restore(CommittedSnapshots.Entry entry, String target) {
    String id = entry.snapshot().id();
    Optional<EngineContainer> before = backend.containers().find(target);
    if (before.isEmpty()) {
      backend.replacement().create(target, entry.recipe(), false);
    } else if (target.equals(entry.snapshot().subject())) {
      backend.replacement().replace(before.get(), entry.recipe(), before.get().active());
    } else {
      throw new RefusedException(
          "Could not restore %s as '%s': there is a container of that name, and it is another one"
              .formatted(id, target));
    }
    return target + " is restored from " + id;
  }

  @Override
  public void delete(String id) {
    snapshots.existing(id);
    snapshots.delete(id);
  }

  @Override
  public int deleteAll(String subject) {
    ContainerNames.container(subject);
    return snapshots.deleteAll(subject);
  }

  @Override
  public void exportTo(String id, Path file, OperationOptions call) {
    files.exportTo(snapshots.existing(id).snapshot(), file, call);
  }

  @Override
  public Snapshot importFrom(Path file, String subject, OperationOptions call) {
    ContainerNames.container(subject);
    if (!file.toFile().isFile()) {
      throw new NotFoundException("There is no file " + file + " to import");
    }
    return files.importFrom(file, subject, call);
  }
}
