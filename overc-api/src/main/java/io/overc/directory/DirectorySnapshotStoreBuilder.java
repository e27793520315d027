package io.overc.directory;

import io.overc.internal.tree.FileTree;
import io.overc.spi.Mutations;
import java.nio.file.Path;
import java.time.Duration;

/** Builds a {@link DirectorySnapshotStore}. Not thread-safe. */
public final class DirectorySnapshotStoreBuilder {
  final Path subjects;
  final Path root;
  Mutations mutations = Mutations.direct();
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

  DirectorySnapshotStoreBuilder mutations(Mutations door) {
    mutations = door;
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

  FileTree tree(Path root, boolean fullCopy) {
    FileTree tree = FileTree.at(root).within(timeout);
    return fullCopy ? tree.fullCopy() : tree;
  }
}
