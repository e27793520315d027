package io.overc.container;

import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The snapshots of a driver that still has methods for them itself. */
final class TransitionalSnapshots implements SnapshotStore {
  private final ContainerDriver driver;

  TransitionalSnapshots(ContainerDriver driver) {
    this.driver = driver;
  }

  @Override
  public Set<SnapshotFeature> features() {
    return driver.features().contains(ContainerFeature.SNAPSHOT)
        ? Set.of(SnapshotFeature.RESTORE_IN_PLACE)
        : Set.of();
  }

  @Override
  public List<String> subjects() {
    return driver.list().stream()
        .map(Container::name)
        .filter(name -> !driver.listSnapshots(name).isEmpty())
        .toList();
  }

  @Override
  public List<Snapshot> list(String subject) {
    return driver.listSnapshots(subject);
  }

  @Override
  public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
    List<Snapshot> before = driver.listSnapshots(subject);
    return driver
        .snapshot(subject, call)
        .or(
            () -> {
              List<Snapshot> made = new ArrayList<>(driver.listSnapshots(subject));
              made.removeAll(before);
              return made.stream().findFirst();
            })
        .orElseThrow(() -> new NotFoundException("No new snapshot of " + subject + " is listed"));
  }

  @Override
  public void restore(SnapshotId id, String target, OperationOptions call) {
    driver.rollback(target, id.toString(), call);
  }

  @Override
  public void delete(SnapshotId id, OperationOptions call) {
    throw new RefusedException(
        RefusedException.Guard.UNSUPPORTED,
        "This driver cannot delete the snapshot " + id + " alone");
  }

  @Override
  public int deleteAll(String subject, OperationOptions call) {
    int before = driver.listSnapshots(subject).size();
    return driver.deleteSnapshots(subject, call).orElse(before);
  }
}
