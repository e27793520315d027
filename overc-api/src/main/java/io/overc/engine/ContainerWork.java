package io.overc.engine;

import io.overc.container.ContainerNames;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.SnapshotListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Snapshots of containers: restored by a replacement, which goes back if the new one fails. */
final class ContainerWork implements SnapshotWork {
  private final ContainerEngine engine;
  private final Primitives primitives;
  private final Snapshots snapshots;
  private final Activation activation;

  ContainerWork(ContainerEngine engine, Activation activation) {
    this.engine = engine;
    this.primitives = engine.primitives();
    this.snapshots = engine.snapshots();
    this.activation = activation;
  }

  @Override
  public Set<SnapshotFeature> features() {
    Set<SnapshotFeature> features = EnumSet.noneOf(SnapshotFeature.class);
    snapshots.able().ifPresent(able -> features.addAll(able.features()));
    primitives.backend().freezer().ifPresent(able -> features.add(SnapshotFeature.FREEZE));
    return features;
  }

  @Override
  public void checkName(String subject) {
    ContainerNames.container(subject);
  }

  @Override
  public String describe(String subject) {
    return "the container " + subject;
  }

  @Override
  public boolean exists(String subject) {
    return primitives.find(subject).current().isPresent();
  }

  @Override
  public Collection<String> subjects() throws IOException {
    Optional<ContainerSnapshots> able = snapshots.able();
    return able.isPresent() ? able.get().subjects() : List.of();
  }

  @Override
  public SnapshotListing list(String subject) throws IOException {
    Optional<ContainerSnapshots> able = snapshots.able();
    return able.isPresent()
        ? able.get().listing(subject)
        : new SnapshotListing(List.of(), List.of());
  }

  @Override
  public Optional<String> subjectOf(SnapshotId id) throws IOException {
    return find(id).map(Found::subject);
  }

  @Override
  public Optional<Found> find(SnapshotId id) throws IOException {
    ContainerSnapshots able = snapshots.require();
    Optional<Snapshot> whole = able.find(id);
    if (whole.isPresent()) {
      return Optional.of(new Found(whole.get().subject(), Optional.empty()));
    }
    for (String name : able.subjects()) {
      for (DamagedSnapshot damaged : able.damaged(name)) {
        if (damaged.id().equals(id)) {
          return Optional.of(new Found(name, Optional.of(damaged.reason())));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public <T> T locked(String subject, String attempt, Operation operation, Body<T> body)
      throws IOException {
    return engine.locked(
        subject, operation, (now, held) -> body.run(new ContainerChanges(now), held));
  }

  private final class ContainerChanges implements Changes {
    private final BackendContainer now;

    ContainerChanges(BackendContainer now) {
      this.now = now;
    }

    @Override
    public boolean exists() {
      return now.current().isPresent();
    }

    @Override
    public Snapshot create(SnapshotOptions options, Operation operation) {
      SnapshotId id = snapshots.next(now.name());
      primitives.before(OperationKind.SNAPSHOT_CREATE, now.name(), operation);
      return snapshots.commit(now.name(), id, options, operation);
    }

    @Override
    public void restore(SnapshotId id, Check recheck, Operation operation) {
      activation.restore(OperationKind.SNAPSHOT_RESTORE, id, now, recheck, operation);
    }

    @Override
    public void delete(SnapshotId id) {
      ContainerSnapshots able = snapshots.require();
      primitives.change("discard snapshot", id.text(), () -> able.discard(id));
    }

    @Override
    public void send(SnapshotId id, Path file, Operation operation) {
      ContainerSnapshots able = snapshots.require();
      primitives.change("export snapshot", id.text(), () -> able.exportTo(id, file, operation));
    }

    @Override
    public Snapshot receive(Path file, ImportOptions options, Operation operation) {
      ContainerSnapshots able = snapshots.require();
      return primitives.make(
          "import snapshot",
          now.name(),
          () -> able.importFrom(file, now.name(), options, operation));
    }
  }
}
