package io.overc.btrfs.snapshot;

import io.overc.engine.ManagedSnapshotStore;
import io.overc.exec.CommandRunner;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.time.Clock;

/** Builds a {@link BtrfsSnapshotStore}. Not thread-safe. */
public final class BtrfsSnapshotStoreBuilder {
  private final Path subjects;
  private final Path root;
  private SideEffects effects = SideEffects.direct();
  private Clock clock = Clock.systemUTC();

  BtrfsSnapshotStoreBuilder(Path subjects, Path root) {
    this.subjects = subjects;
    this.root = root;
  }

  BtrfsSnapshotStoreBuilder effects(SideEffects point) {
    effects = point;
    return this;
  }

  BtrfsSnapshotStoreBuilder clock(Clock other) {
    clock = other;
    return this;
  }

  /**
   * Makes the store.
   *
   * @return the store
   */
  public SnapshotStore build() {
    Btrfs btrfs = new Btrfs(CommandRunner.system());
    return ManagedSnapshotStore.of(
        new BtrfsBackend(
            subjects, new SnapshotSubvolumes(root, btrfs, effects), btrfs, effects, clock),
        effects);
  }
}
