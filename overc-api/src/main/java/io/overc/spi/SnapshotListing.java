package io.overc.spi;

import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import java.util.List;
import java.util.stream.Stream;

/**
 * The snapshots of one subject.
 *
 * @param snapshots those that can be restored, in the order in which they were made
 * @param damaged those that cannot; they hide no other
 */
public record SnapshotListing(List<Snapshot> snapshots, List<DamagedSnapshot> damaged) {
  /**
   * Copies the lists.
   *
   * @param snapshots those that can be restored, in the order in which they were made
   * @param damaged those that cannot; they hide no other
   */
  public SnapshotListing {
    snapshots = List.copyOf(snapshots);
    damaged = List.copyOf(damaged);
  }

  /** {@return the ids of all that can be deleted, those of the damaged ones first} */
  public List<SnapshotId> ids() {
    return Stream.concat(
            damaged.stream().map(DamagedSnapshot::id), snapshots.stream().map(Snapshot::id))
        .toList();
  }

  /**
   * {@return whether there is a snapshot, damaged or not}
   *
   * @param id its id
   */
  public boolean has(SnapshotId id) {
    return ids().contains(id);
  }
}
