package io.overc.snapshot;

import io.overc.error.BusyException;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Keeps snapshots of subjects, such as subvolumes, containers or directories, and restores them.
 *
 * <p>Names are checked before anything is touched: a name that is not one is refused with an {@link
 * InvalidArgumentException} that says what is allowed. An operation that fails, is cancelled, or
 * whose process is killed, leaves no half-made snapshot in {@link #list} and no half-restored
 * subject; what it had put elsewhere meanwhile goes at the latest with the next operation on the
 * subject.
 *
 * @implSpec Implementations are thread-safe, and safe against other processes that use the same
 *     store. {@code SnapshotStoreContract} in the {@code tests} artifact holds what is promised
 *     here.
 */
public interface SnapshotStore {

  /** {@return what this store can do; an immutable set} */
  Set<SnapshotFeature> features();

  /** {@return the names of the subjects that have snapshots, sorted} */
  List<String> subjects();

  /**
   * {@return the snapshots of a subject, oldest first; empty if there are none}
   *
   * @param subject its name; it need not exist any more
   */
  List<Snapshot> list(String subject);

  /**
   * {@return what has the name of a snapshot of a subject and cannot be restored} It does not hide
   * the others from {@link #list}, and can be {@linkplain #delete deleted}.
   *
   * @param subject its name
   */
  default List<DamagedSnapshot> damaged(String subject) {
    return List.of();
  }

  /**
   * Makes a snapshot.
   *
   * @param subject what to snapshot
   * @param options how
   * @param call who listens, and how long it may take
   * @return the new snapshot, durable
   * @throws NotFoundException if there is no such subject
   * @throws RefusedException if the subject cannot be snapshotted that way; says what can be done
   * @throws BusyException if another operation changes the subject
   */
  Snapshot create(String subject, SnapshotOptions options, OperationOptions call);

  /**
   * Restores a snapshot. The snapshot stays.
   *
   * @param id the snapshot
   * @param target the name to restore to: the subject itself, or a name that does not exist yet
   * @param call who listens, and how long it may take
   * @throws NotFoundException if there is no such snapshot
   * @throws RefusedException if the target exists and is not the subject, or cannot be replaced now
   * @throws BusyException if another operation changes the target
   */
  void restore(SnapshotId id, String target, OperationOptions call);

  /**
   * Deletes a snapshot. Once it is out of {@link #list} the deletion is finished even if it is
   * cancelled.
   *
   * @param id the snapshot
   * @param call who listens, and how long it may take
   * @throws NotFoundException if there is no such snapshot
   * @throws RefusedException if something depends on it
   * @throws BusyException if another operation changes the subject
   */
  void delete(SnapshotId id, OperationOptions call);

  /**
   * Deletes all snapshots of a subject; one that cannot be deleted does not stop the others.
   *
   * @param subject its name; it need not exist any more
   * @param call who listens, and how long it may take; cancelled, it says how many were deleted
   * @return how many were deleted
   * @throws BusyException if another operation changes the subject
   * @throws OvercException naming those that could not be deleted, after all others were
   */
  int deleteAll(String subject, OperationOptions call);

  /**
   * Writes a snapshot to a file that other machines can read; needs {@link SnapshotFeature#EXPORT}.
   * The file is for its owner only.
   *
   * @param id the snapshot
   * @param file where to; must not exist
   * @param call who listens, and how long it may take
   * @throws NotFoundException if there is no such snapshot
   * @throws RefusedException if the file exists, or the store cannot export
   */
  default void exportTo(SnapshotId id, Path file, OperationOptions call) {
    throw new RefusedException("This store cannot export " + id);
  }

  /**
   * Reads a snapshot that {@link #exportTo} wrote, and trusts nothing but its files; needs {@link
   * SnapshotFeature#IMPORT}.
   *
   * @param file where from
   * @param subject whose snapshot it becomes
   * @param call who listens, and how long it may take
   * @return the new snapshot
   * @throws RefusedException if the store cannot import
   */
  default Snapshot importFrom(Path file, String subject, OperationOptions call) {
    return importFrom(file, subject, ImportOptions.defaults(), call);
  }

  /**
   * Reads a snapshot that {@link #exportTo} wrote; needs {@link SnapshotFeature#IMPORT}.
   *
   * @param file where from
   * @param subject whose snapshot it becomes
   * @param options what it may have of this host; what else it wants is left out, with a warning
   * @param call who listens, and how long it may take
   * @return the new snapshot
   * @throws RefusedException if the store cannot import
   */
  default Snapshot importFrom(
      Path file, String subject, ImportOptions options, OperationOptions call) {
    throw new RefusedException("This store cannot import " + file);
  }
}
