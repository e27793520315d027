package io.overc.directory;

import io.overc.config.Config;
import io.overc.snapshot.SnapshotStore;
import java.nio.file.Path;

/**
 * Keeps snapshots of plain directories as plain directories, on any file system.
 *
 * <p>A subject is a directory right below the directory of subjects, called by its name. Where the
 * file system can share blocks, a snapshot costs no space until something changes; elsewhere it is
 * a full copy. Mode, times, links, extended attributes and, for root, owners and devices are kept.
 * A subject is copied while it is in use: what is written meanwhile may be in the snapshot or not.
 * No process is started.
 *
 * <p>A restore in place exchanges two directories. Where the system cannot do that in one step it
 * is two renames; killed between them, it is ended by the next operation that changes the subject
 * or its snapshots. The stores are thread-safe, and safe against other processes.
 *
 * <pre>{@code
 * SnapshotStore store = DirectorySnapshotStore.builder(Path.of("/srv"), Path.of("/srv-old")).build();
 * Snapshot before = store.create("web", SnapshotOptions.defaults(), OperationOptions.defaults());
 * }</pre>
 */
public final class DirectorySnapshotStore {
  private DirectorySnapshotStore() {}

  /**
   * {@return a new builder of a store}
   *
   * @param subjects the directory whose subdirectories are snapshotted
   * @param root the directory where snapshots are kept; made when needed
   */
  public static DirectorySnapshotStoreBuilder builder(Path subjects, Path root) {
    return new DirectorySnapshotStoreBuilder(subjects, root);
  }

  /**
   * {@return a new store}
   *
   * @param config the configuration: {@code directory.root}, {@code directory.subjects} and {@code
   *     directory.timeout}
   * @throws io.overc.error.ConfigException if a value is missing or cannot be used
   */
  public static SnapshotStore of(Config config) {
    return builder(
            config.get(DirectorySnapshotStoreProvider.SUBJECTS),
            config.get(DirectorySnapshotStoreProvider.ROOT))
        .timeout(config.get(DirectorySnapshotStoreProvider.TIMEOUT))
        .build();
  }
}
