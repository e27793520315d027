package io.overc.directory;

import io.overc.internal.time.Cancellation;
import io.overc.internal.tree.FileTree;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Builds a {@link DirectorySnapshotStore}. Not thread-safe. */
public final class DirectorySnapshotStoreBuilder {
  final Path subjects;
  final Path root;
  SideEffects effects = SideEffects.direct();
  private Duration timeout = Duration.ofHours(2);

  DirectorySnapshotStoreBuilder(Path subjects, Path root) {
    this.subjects = subjects;
    this.root = root;
  }

  /**
   * Says how long one copy may take.
   *
   * @param limit positive; two hours if unset
   * @return this
   */
  public DirectorySnapshotStoreBuilder timeout(Duration limit) {
    timeout = limit;
    return this;
  }

  DirectorySnapshotStoreBuilder effects(SideEffects chosen) {
    effects = chosen;
    return this;
  }

  /**
   * Makes the store.
   *
   * @return the store
   */
  public DirectorySnapshotStore build() {
    return new DirectorySnapshotStore(this);
  }

  @SuppressWarnings("try") // held, not used
  void copy(Path from, Path to, boolean full) throws IOException {
    FileTree tree = FileTree.at(from);
    try (Cancellation time = Cancellation.begin(timeout)) {
      (full ? tree.fullCopy() : tree).copyTo(to);
    }
  }
}
