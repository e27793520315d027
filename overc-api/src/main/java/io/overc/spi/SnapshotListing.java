package io.overc.spi;

import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import java.util.List;

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

  /**
   * Tells whether there is a snapshot, damaged or not.
   *
   * @param id its id
   * @return whether it is listed
   */
  public boolean has(SnapshotId id) {
    return snapshots.stream().anyMatch(snapshot -> snapshot.id().equals(id))
        || damaged.stream().anyMatch(snapshot -> snapshot.id().equals(id));
  }
}
