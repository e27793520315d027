package io.overc.directory;

import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Keeps snapshots of plain directories as plain directories, on any file system.
 *
 * <p>A subject is a directory right below the directory of subjects, called by its name. Where the
 * file system can share blocks, a snapshot costs no space until something changes; elsewhere it is
 * a full copy. Mode, times, links, extended attributes and, for root, owners and devices are kept.
 * A subject is copied while it is in use: what is written meanwhile may be in the snapshot or not.
 * No process is started.
 *
 * <p>A restore in place is two renames; killed between them, it is ended by the next {@link
 * #create} or {@link #restore} of the subject. Thread-safe, and safe against other processes.
 */
public final class DirectorySnapshotStore implements SnapshotStore {
  private final DirectorySnapshotStoreBuilder settings;
  private final Shelf shelf;
  private final SubjectLocks locks;
  private final Clock clock = Clock.systemUTC();

  DirectorySnapshotStore(DirectorySnapshotStoreBuilder settings) {
    this.settings = settings;
    this.shelf = new Shelf(settings.root, settings.effects);
    this.locks = new SubjectLocks(settings.root);
  }

  /**
   * Begins a store.
   *
   * @param subjects the directory whose subdirectories are snapshotted
   * @param root the directory where snapshots are kept; made when needed
   * @return a builder
   */
  public static DirectorySnapshotStoreBuilder builder(Path subjects, Path root) {
    return new DirectorySnapshotStoreBuilder(subjects, root);
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
  public List<String> subjects() {
    return Attempt.to(
        "list " + settings.root,
        () -> shelf.ids().stream().map(SnapshotId::subject).distinct().toList());
  }

  @Override
  public List<Snapshot> list(String subject) {
    SnapshotId.checkSubject(subject);
    return Attempt.to(
        "list the snapshots of " + subject,
        () -> {
          List<Snapshot> snapshots = new ArrayList<>();
          for (SnapshotId id : shelf.ids()) {
            if (id.subject().equals(subject)) {
              shelf.read(id).ifPresent(snapshots::add);
            }
          }
          return List.copyOf(snapshots);
        });
  }

  @Override
  public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
    SnapshotId.checkSubject(subject);
    if (options.freeze()) {
      throw new RefusedException(
          "Cannot freeze " + subject + ": nothing runs in a directory; snapshot it without freeze");
    }
    try (Operation operation = Operation.start(call.listener(), "snapshot", subject, 1)) {
      return Attempt.to(
          operation,
          "snapshot " + subject,
          () -> locks.holding(subject, "snapshot", () -> make(operation, subject, options)));
    }
  }

  private Snapshot make(Operation operation, String subject, SnapshotOptions options)
      throws IOException {
    Replacement place = prepare(subject);
    Path source = place.subject();
    if (!Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotFoundException("There is no directory " + source + " to snapshot");
    }
    if (settings.root.toAbsolutePath().startsWith(source.toAbsolutePath())) {
      throw new RefusedException(
          source + " holds the snapshots themselves: keep them outside of every subject");
    }
    SnapshotId id = shelf.next(subject, clock.instant());
    operation.step("copy " + source);
    shelf.put(id, options.comment(), to -> settings.copy(source, to, options.fullCopy()));
    operation.succeeded("made " + id);
    return new Snapshot(subject, id.toString(), id.created(), options.comment());
  }

  private Replacement prepare(String subject) throws IOException {
    Replacement place = new Replacement(settings.subjects, subject, settings.effects);
    place.recover();
    shelf.sweep(subject);
    return place;
  }

  @Override
  public void restore(String id, String target, OperationOptions call) {
    SnapshotId.checkSubject(target);
    SnapshotId snapshot = parse(id);
    try (Operation operation = Operation.start(call.listener(), "restore", target, 1)) {
      Attempt.to(
          operation,
          "restore " + id + " to " + target,
          () ->
              locks.holding(
                  target,
                  "restore",
                  () -> {
                    restore(operation, snapshot, target);
                    return id;
                  }));
    }
  }

  private void restore(Operation operation, SnapshotId id, String target) throws IOException {
    Path data = shelf.data(id);
    Replacement place = prepare(target);
    if (place.subjectExists() && !target.equals(id.subject())) {
      throw new RefusedException(
          place.subject()
              + " exists: restore "
              + id
              + " to a name that does not, or to "
              + id.subject());
    }
    operation.step("copy to " + place.subject());
    place.run(to -> settings.copy(data, to, false));
    operation.succeeded("restored " + id);
  }

  @Override
  public void delete(String id) {
    SnapshotId snapshot = parse(id);
    Attempt.to(
        "delete " + id,
        () ->
            locks.holding(
                snapshot.subject(),
                "delete",
                () -> {
                  shelf.sweep(snapshot.subject());
                  shelf.remove(snapshot);
                  return id;
                }));
  }

  @Override
  public int deleteAll(String subject) {
    List<String> failures = new ArrayList<>();
    List<Snapshot> snapshots = list(subject);
    for (Snapshot snapshot : snapshots) {
      try {
        delete(snapshot.id());
      } catch (OvercException e) {
        failures.add(snapshot.id() + " (" + e.getMessage() + ")");
      }
    }
    if (!failures.isEmpty()) {
      throw new OvercException("Could not delete " + String.join(", ", failures));
    }
    return snapshots.size();
  }

  private static SnapshotId parse(String id) {
    return SnapshotId.parse(id).orElseThrow(() -> Shelf.missing(id));
  }
}
