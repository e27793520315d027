package io.overc.directory;

import io.overc.engine.ManagedSnapshotStore;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Builds a {@link DirectorySnapshotStore}. Not thread-safe. */
public final class DirectorySnapshotStoreBuilder {
  private final Path subjects;
  private final Path root;
  private SideEffects effects = SideEffects.direct();
  private Clock clock = Clock.systemUTC();
  private Duration timeout = Duration.ofHours(2);

  DirectorySnapshotStoreBuilder(Path subjects, Path root) {
    this.subjects = subjects;
    this.root = root;
  }

  /**
   * Sets how long one copy may take.
   *
   * @param limit positive; two hours if unset
   * @return this
   */
  public DirectorySnapshotStoreBuilder timeout(Duration limit) {
    timeout = limit;
    return this;
  }

  DirectorySnapshotStoreBuilder effects(SideEffects point) {
    effects = point;
    return this;
  }

  DirectorySnapshotStoreBuilder clock(Clock other) {
    clock = other;
    return this;
  }

  /** {@return the new store} */
  public SnapshotStore build() {
    return ManagedSnapshotStore.of(
        new DirectoryBackend(
            new SubjectDirectories(subjects, effects),
            new SnapshotDirectory(root, effects),
            timeout,
            clock),
        effects);
  }
}
