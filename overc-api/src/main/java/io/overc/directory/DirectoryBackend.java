package io.overc.directory;

import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.internal.tree.FileTree;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.SnapshotBackend;
import io.overc.spi.SnapshotListing;
import io.overc.spi.TimestampId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Copies directories. */
final class DirectoryBackend implements SnapshotBackend {
  private final SubjectDirectories subjects;
  private final SnapshotDirectory snapshots;
  private final Duration timeout;
  private final Clock clock;

  DirectoryBackend(
      SubjectDirectories subjects, SnapshotDirectory snapshots, Duration timeout, Clock clock) {
    this.subjects = subjects;
    this.snapshots = snapshots;
    this.timeout = timeout;
    this.clock = clock;
  }

  @Override
  public Set<SnapshotFeature> features() {
    return Set.of(
        SnapshotFeature.RESTORE_AS,
        SnapshotFeature.RESTORE_IN_PLACE,
        SnapshotFeature.COMMENTS,
        SnapshotFeature.FULL_COPY);
  }

  @Override
  public String describe(String subject) {
    return "the directory " + subjects.path(subject);
  }

  @Override
  public Path lockFile(String subject) {
    return snapshots.root().resolve(".lock-" + subject);
  }

  @Override
  public boolean exists(String subject) {
    return subjects.exists(subject);
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
    Path source = subjects.path(subject);
    if (!Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotFoundException("There is no directory " + source + " to snapshot");
    }
    if (snapshots.root().toAbsolutePath().startsWith(source.toAbsolutePath())) {
      throw new RefusedException(
          source + " holds the snapshots themselves: keep them outside of every subject");
    }
    TimestampId id = TimestampId.next(subject, snapshots.ids(), clock.instant());
    FileTree tree = FileTree.at(source);
    copying(
        () -> snapshots.draft(id, options.comment(), options.fullCopy() ? tree.fullCopy() : tree));
    id.waitUntilPast(clock);
    return id.snapshot(options.comment());
  }

  @SuppressWarnings("try") // the limit is held, not used
  private void copying(Copy copy) throws IOException {
    try (Cancellation limit = Cancellation.begin(timeout)) {
      copy.run();
    }
  }

  /** Copies something. */
  private interface Copy {
    void run() throws IOException;
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
    copying(() -> subjects.draft(target, FileTree.at(snapshots.data(id))));
  }

  @Override
  public void putInPlace(SnapshotId id, String target, Operation operation) throws IOException {
    subjects.putInPlace(target);
  }

  @Override
  public void recover(String subject) throws IOException {
    subjects.recover(subject);
  }

  @Override
  public void clean(String subject) throws IOException {
    subjects.clean(subject);
    snapshots.clean(subject);
  }
}
