package io.overc.btrfs.snapshot;

import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandRunner;
import io.overc.internal.file.DurableFiles;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Keeps snapshots of subvolumes of a mounted btrfs as read-only subvolumes of the same file system.
 *
 * <p>A subject is a subvolume right below the directory of subjects, called by its name. Making a
 * snapshot, restoring one under a new name, and putting one in the place of its subject are one
 * step of the file system each; they are committed when the method returns. Nested subvolumes are
 * not part of a snapshot: {@link #create} warns of them, and a restore in place is refused, as it
 * is for a subvolume that is mounted or the default one.
 *
 * <p>Needs the tool {@code btrfs} and root. Thread-safe, and safe against other processes.
 */
public final class BtrfsSnapshotStore implements SnapshotStore {
  private final Path subjects;
  private final Path root;
  private final Shelf shelf;
  private final SubjectLock lock;
  private final Btrfs btrfs;
  private final Streams streams;
  private final SideEffects effects;
  private final Clock clock = Clock.systemUTC();

  BtrfsSnapshotStore(Path subjects, Path root, CommandRunner runner, SideEffects effects) {
    this.subjects = subjects;
    this.root = root;
    this.shelf = new Shelf(root);
    this.lock = new SubjectLock(root);
    this.btrfs = new Btrfs(runner);
    this.streams = new Streams(btrfs, effects);
    this.effects = effects;
  }

  /**
   * Makes a store.
   *
   * @param subjects a directory of a mounted btrfs; its subvolumes are snapshotted
   * @param root a directory of the same file system where snapshots are kept; made when needed
   * @return the store
   */
  public static BtrfsSnapshotStore of(Path subjects, Path root) {
    return new BtrfsSnapshotStore(subjects, root, CommandRunner.system(), SideEffects.direct());
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
  public List<String> subjects() {
    try {
      return shelf.ids().stream().map(SnapshotId::subject).distinct().toList();
    } catch (IOException e) {
      throw new OvercException("Could not list " + root + ": " + e.getMessage(), e);
    }
  }

  @Override
  public List<Snapshot> list(String subject) {
    SnapshotId.checkSubject(subject);
    try {
      return shelf.list(subject);
    } catch (IOException e) {
      throw new OvercException("Could not list " + root + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
    SnapshotId.checkSubject(subject);
    if (options.freeze() || options.fullCopy()) {
      throw new RefusedException(
          "Cannot snapshot " + subject + " frozen or as a full copy: leave these options out");
    }
    try (Operation operation = Operation.start(call.listener(), "snapshot", subject, 1)) {
      return lock.holding(
          operation, "snapshot " + subject, subject, () -> make(operation, subject, options));
    }
  }

  private Snapshot make(Operation operation, String subject, SnapshotOptions options)
      throws IOException {
    Path source = subjects.resolve(subject);
    if (!Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotFoundException("There is no subvolume " + source + " to snapshot");
    }
    MountedSubvolumes.requireSubvolume(source);
    sweep(subject);
    if (btrfs.hasNested(source)) {
      operation.warn(source + " has subvolumes below it, which are not part of the snapshot");
    }
    SnapshotId id = shelf.next(subject, clock.instant());
    operation.step("snapshot " + source);
    if (options.comment().isPresent()) {
      String comment = options.comment().get();
      effects.run("write comment", () -> shelf.comment(id, comment));
    }
    effects.run("snapshot subject", () -> btrfs.snapshot(source, shelf.path(id), true));
    effects.run("commit snapshot", () -> DurableFiles.syncFileSystem(root));
    operation.succeeded("made " + id);
    return new Snapshot(subject, id.toString(), id.created(), options.comment());
  }

  @Override
  public void restore(String id, String target, OperationOptions call) {
    SnapshotId.checkSubject(target);
    SnapshotId snapshot = parse(id);
    try (Operation operation = Operation.start(call.listener(), "restore", target, 1)) {
      lock.holding(
          operation,
          "restore " + id,
          target,
          () -> {
            Path from = existing(snapshot);
            Path to = subjects.resolve(target);
            sweep(target);
            operation.step("restore to " + to);
            if (Files.notExists(to, LinkOption.NOFOLLOW_LINKS)) {
              effects.run("restore snapshot", () -> btrfs.snapshot(from, to, false));
              effects.run("commit restore", () -> DurableFiles.syncFileSystem(root));
            } else {
              replace(snapshot, to);
            }
            operation.succeeded("restored " + id);
            return id;
          });
    }
  }

  private void replace(SnapshotId id, Path to) throws IOException {
    String attempt = "restore " + id + " to " + to;
    if (!to.getFileName().toString().equals(id.subject())) {
      throw new RefusedException(
          "Cannot " + attempt + ": it exists; choose a name that does not, or " + id.subject());
    }
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
    Path fresh = fresh(to.getFileName().toString());
    effects.run("restore beside", () -> btrfs.snapshot(shelf.path(id), fresh, false));
    // Once committed, whichever of the two a power cut leaves in place is complete.
    effects.run("commit beside", () -> DurableFiles.syncFileSystem(root));
    effects.run("exchange", () -> DurableFiles.exchange(to, fresh));
    effects.run("commit exchange", () -> DurableFiles.syncFileSystem(root));
    effects.run("delete replaced", () -> btrfs.delete(fresh));
  }

  /** Removes what a killed operation on a subject left. */
  private void sweep(String subject) throws IOException {
    if (Files.exists(fresh(subject), LinkOption.NOFOLLOW_LINKS)) {
      effects.run("delete leftover", () -> btrfs.delete(fresh(subject)));
    }
    for (Path receiving : shelf.unreceived(subject)) {
      effects.run("delete leftover import", () -> streams.clear(receiving));
    }
  }

  private Path fresh(String subject) {
    return subjects.resolve(".overc-restore-" + subject);
  }

  @Override
  public void delete(String id) {
    SnapshotId snapshot = parse(id);
    lock.holding(
        "delete " + id,
        snapshot.subject(),
        () -> {
          Path path = existing(snapshot);
          MountedSubvolumes.refuse(path, "delete " + id);
          effects.run("delete snapshot", () -> btrfs.delete(path));
          return id;
        });
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

  @Override
  public void exportTo(String id, Path file, OperationOptions call) {
    SnapshotId snapshot = parse(id);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedException("Cannot export " + id + ": " + file + " exists");
    }
    try (Operation operation = Operation.start(call.listener(), "export", id, 1)) {
      lock.holding(
          operation,
          "export " + id,
          snapshot.subject(),
          () -> {
            operation.step("send to " + file);
            streams.send(existing(snapshot), file);
            operation.succeeded("exported " + id);
            return id;
          });
    }
  }

  @Override
  public Snapshot importFrom(Path file, String subject, OperationOptions call) {
    try (Operation operation = Operation.start(call.listener(), "import", subject, 1)) {
      return lock.holding(
          operation,
          "import " + file,
          subject,
          () -> {
            sweep(subject);
            operation.step("receive " + file);
            SnapshotId id = shelf.next(subject, clock.instant());
            streams.receive(file, shelf.receiving(id), shelf.path(id));
            operation.succeeded("imported " + id);
            return shelf.list(subject).stream()
                .filter(snapshot -> snapshot.id().equals(id.toString()))
                .findFirst()
                .orElseThrow(() -> missing(id.toString()));
          });
    }
  }

  private Path existing(SnapshotId id) {
    Path path = shelf.path(id);
    if (!Files.isDirectory(path)) {
      throw missing(id.toString());
    }
    return path;
  }

  private static SnapshotId parse(String id) {
    return SnapshotId.parse(id).orElseThrow(() -> missing(id));
  }

  private static NotFoundException missing(String id) {
    return new NotFoundException("There is no snapshot '" + id + "'; list shows those there are");
  }
}
