package io.overc.testkit;

import io.overc.container.ContainerDriver;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;

/** A snapshot of a container that depends least on it. */
public final class WholeSnapshot {
  private WholeSnapshot() {}

  /**
   * Makes one.
   *
   * @param driver the driver of the container
   * @param name the container
   * @param call who listens
   * @return the snapshot
   */
  public static Snapshot of(ContainerDriver driver, String name, OperationOptions call) {
    SnapshotStore store = driver.snapshots();
    return store.create(name, SnapshotOptions.safest(store.features()), call);
  }
}
