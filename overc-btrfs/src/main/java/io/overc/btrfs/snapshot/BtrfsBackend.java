package io.overc.btrfs.snapshot;

import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.internal.file.DurableFiles;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.SideEffects;
import io.overc.spi.SnapshotBackend;
import io.overc.spi.SnapshotListing;
import io.overc.spi.TimestampId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Snapshots subvolumes; {@code .overc-restore-NAME} beside a subject is what is to replace it. A
 * subject that does not exist is made in one step, which leaves nothing behind.
 */
final class BtrfsBackend implements SnapshotBackend {
  private final Path subjects;
  private final SnapshotSubvolumes snapshots;
  private final Btrfs btrfs;
  private final SideEffects effects;
  private final Clock clock;

  BtrfsBackend(
      Path subjects, SnapshotSubvolumes snapshots, Btrfs btrfs, SideEffects effects, Clock clock) {
    this.subjects = subjects;
    this.snapshots = snapshots;
    this.btrfs = btrfs;
    this.effects = effects;
    this.clock = clock;
  }

  @Override
  public Set<SnapshotFeature> features() {
    return Set.of(
        SnapshotFeature.RESTORE_AS,
        SnapshotFeature.RESTORE_IN_PLACE,
        SnapshotFeature.COMMENTS,
        SnapshotFeature.EXPORT,
        SnapshotFeature.IMPORT);
  }

  @Override
  public String describe(String subject) {
    return "the subvolume " + subjects.resolve(subject);
  }

  @Override
  public Path lockFile(String subject) {
    return snapshots.root().resolve(".lock-" + subject);
  }

  @Override
  public boolean exists(String subject) {
    return Files.exists(subjects.resolve(subject), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Collection<String> subjects() throws IOException {
    return snapshots.ids().stream().map(TimestampId::subject).toList();
  }

  @Override
  public Optional<String> subjectOf(SnapshotId id) {
    return TimestampId.parse(id.text()).map(TimestampId::subject);
  }

  @Override
  public SnapshotListing list(String subject) throws IOException {
    return snapshots.list(subject);
  }

  @Override
  public Snapshot capture(String subject, SnapshotOptions options, Operation operation)
      throws IOException {
    Path source = subjects.resolve(subject);
    if (!Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotFoundException("There is no subvolume " + source + " to snapshot");
    }
    MountedSubvolumes.requireSubvolume(source);
    if (btrfs.hasNested(source)) {
      operation.warn(source + " has subvolumes below it, which are not part of the snapshot");
    }
    TimestampId id = TimestampId.next(subject, snapshots.ids(), clock.instant());
    snapshots.draft(id, options.comment(), source);
    id.waitUntilPast(clock);
    return id.snapshot(options.comment());
  }

  @Override
  public void publish(Snapshot snapshot) throws IOException {
    snapshots.publish(snapshot.id());
  }

  @Override
  public void retire(SnapshotId id) throws IOException {
    snapshots.retire(id);
  }

  @Override
  public void materialize(SnapshotId id, String target, Operation operation) throws IOException {
    Path to = subjects.resolve(target);
    if (exists(target)) {
      checkReplaceable(to, "restore " + id + " to " + to);
      effects.run("restore beside", () -> btrfs.snapshot(snapshots.path(id), fresh(target), false));
    }
  }

  private void checkReplaceable(Path to, String attempt) throws IOException {
    MountedSubvolumes.requireSubvolume(to);
    MountedSubvolumes.refuse(to, attempt);
    if (btrfs.hasNested(to)) {
      throw new RefusedException(
          "Cannot " + attempt + ": subvolumes below it would be lost; move them away first");
    }
    if (btrfs.isDefault(to)) {
      throw new RefusedException(
          "Cannot " + attempt + ": the next boot mounts it; use the host upgrader's rollback");
    }
  }

  @Override
  public void putInPlace(SnapshotId id, String target, Operation operation) throws IOException {
    Path to = subjects.resolve(target);
    if (Files.exists(fresh(target), LinkOption.NOFOLLOW_LINKS)) {
      // Once committed, whichever of the two a power cut leaves in place is complete.
      effects.run("commit beside", () -> DurableFiles.syncFileSystem(subjects));
      effects.run("exchange", () -> DurableFiles.exchange(to, fresh(target)));
    } else {
      effects.run("restore", () -> btrfs.snapshot(snapshots.path(id), to, false));
    }
    effects.run("commit restore", () -> DurableFiles.syncFileSystem(subjects));
  }

  private Path fresh(String subject) {
    return subjects.resolve(".overc-restore-" + subject);
  }

  @Override
  public void clean(String subject) throws IOException {
    Path replaced = fresh(subject);
    if (Files.exists(replaced, LinkOption.NOFOLLOW_LINKS)) {
      effects.run("delete replaced", () -> btrfs.delete(replaced));
    }
    snapshots.clean(subject);
  }

  @Override
  public void send(SnapshotId id, Path file, Operation operation) {
    effects.run("send snapshot", () -> btrfs.send(snapshots.path(id), file));
  }

  @Override
  public Snapshot receive(Path file, String subject, ImportOptions options, Operation operation)
      throws IOException {
    TimestampId id = TimestampId.next(subject, snapshots.ids(), clock.instant());
    snapshots.receive(id, file, options, operation);
    id.waitUntilPast(clock);
    return id.snapshot(Optional.empty());
  }
}
