package io.overc.spi;

import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes snapshots of the containers of a {@link ContainerBackend} and containers from them.
 *
 * <p>A snapshot outlives its container. Users may ask for the options that are among the {@link
 * #features()}. The engine asks for all of them before it replaces or changes a container: a
 * freeze, a comment, and a {@linkplain SnapshotOptions#fullCopy() full copy}, which then has to be
 * there when the container is gone. A backend ignores what it cannot do or need not: one whose
 * snapshots never depend on their container ignores the full copy, and does not declare it.
 */
public interface ContainerSnapshots {

  /**
   * {@return what the technology can do: restoring over the container and under another name,
   * unless overridden} The engine adds {@link SnapshotFeature#FREEZE} where there is a {@link
   * ContainerFreezer}.
   */
  default Set<SnapshotFeature> features() {
    return Set.of(SnapshotFeature.RESTORE_AS, SnapshotFeature.RESTORE_IN_PLACE);
  }

  /**
   * {@return the names of the containers that have snapshots, sorted}
   *
   * @throws IOException if a file cannot be read or written
   */
  List<String> subjects() throws IOException;

  /**
   * {@return the snapshots of a container, oldest first; one that is damaged is left out}
   *
   * @param name the container; it need not exist any more
   * @throws IOException if a file cannot be read or written
   */
  List<Snapshot> list(String name) throws IOException;

  /**
   * {@return what has the name of a snapshot and cannot be restored}
   *
   * @param name the container
   * @throws IOException if a file cannot be read or written
   */
  default List<DamagedSnapshot> damaged(String name) throws IOException {
    return List.of();
  }

  /**
   * Returns all snapshots of a container, whole and damaged; override it to look only once.
   *
   * @param name the container; it need not exist any more
   * @return the snapshots
   * @throws IOException if a file cannot be read or written
   */
  default SnapshotListing listing(String name) throws IOException {
    return new SnapshotListing(list(name), damaged(name));
  }

  /**
   * Finds a snapshot of whatever container.
   *
   * @param id its id
   * @return the snapshot, or empty
   * @throws IOException if a file cannot be read or written
   */
  default Optional<Snapshot> find(SnapshotId id) throws IOException {
    for (String name : subjects()) {
      for (Snapshot snapshot : list(name)) {
        if (snapshot.id().equals(id)) {
          return Optional.of(snapshot);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Chooses the id of the next snapshot.
   *
   * @param name the container
   * @return an id that no snapshot has or had; nothing is made yet
   * @throws IOException if a file cannot be read or written
   */
  SnapshotId next(String name) throws IOException;

  /**
   * Makes a snapshot by a copy; it is in {@link #list} from the moment on when it is complete.
   *
   * @param name the container
   * @param place where what is snapshotted stands
   * @param id what {@link #next} returned
   * @param options how; {@link SnapshotOptions#freeze()} matters only to a backend without {@link
   *     ContainerFreezer}
   * @param operation reports progress
   * @return the snapshot, durable
   * @throws RefusedException if it cannot be snapshotted that way
   * @throws IOException if a file cannot be read or written
   */
  Snapshot commit(
      String name, Place place, SnapshotId id, SnapshotOptions options, Operation operation)
      throws IOException;

  /**
   * {@return whether a container that does not run can become a snapshot as it is, without a copy;
   * false unless overridden}
   */
  default boolean adopts() {
    return false;
  }

  /**
   * Makes a container a snapshot as it is: it is at its place or in {@link #list}. Can be called
   * again after an interruption; does nothing if nothing is at the place.
   *
   * @param name the container
   * @param place where what becomes a snapshot stands, stopped
   * @param id what {@link #next} returned
   * @param comment what is remembered with it
   * @throws IOException if a file cannot be read or written
   */
  default void adopt(String name, Place place, SnapshotId id, String comment) throws IOException {
    throw new UnsupportedOperationException("adopts() is false");
  }

  /**
   * Makes a container from a snapshot, at {@link Place#FRESH}, otherwise as {@link
   * ContainerBackend#create}.
   *
   * @param id the snapshot
   * @param name the container
   * @param intent what to record with it
   * @param operation reports progress
   * @throws IOException if a file cannot be read or written
   */
  void restore(SnapshotId id, String name, Intent intent, Operation operation) throws IOException;

  /**
   * Deletes a snapshot. Once it is out of {@link #list} this is finished by {@link
   * ContainerBackend#cleanUp} at the latest.
   *
   * @param id the snapshot
   * @throws RefusedException if something depends on it
   * @throws IOException if a file cannot be read or written
   */
  void discard(SnapshotId id) throws IOException;

  /**
   * Writes a snapshot to a file; for {@link SnapshotFeature#EXPORT}.
   *
   * @param id the snapshot
   * @param file does not exist; the engine gives it its name when it is complete
   * @param operation reports progress
   * @throws IOException if a file cannot be read or written
   */
  default void exportTo(SnapshotId id, Path file, Operation operation) throws IOException {
    throw new RefusedException(
        RefusedException.Guard.UNSUPPORTED, "The snapshot " + id + " cannot be exported");
  }

  /**
   * Reads a snapshot from a file; for {@link SnapshotFeature#IMPORT}.
   *
   * @param file where from
   * @param name the container whose snapshot it becomes
   * @param options what it may have of this host; what else it wants is left out, with a warning
   * @param operation reports progress
   * @return the snapshot
   * @throws IOException if a file cannot be read or written
   */
  default Snapshot importFrom(Path file, String name, ImportOptions options, Operation operation)
      throws IOException {
    throw new RefusedException(
        RefusedException.Guard.UNSUPPORTED,
        "Cannot import " + file + ": nothing imports snapshots");
  }
}
