package io.overc.btrfs.snapshot;

import io.overc.config.Config;
import io.overc.snapshot.SnapshotStore;
import java.nio.file.Path;

/**
 * Keeps snapshots of subvolumes of a mounted btrfs as read-only subvolumes of the same file system.
 *
 * <p>A subject is a subvolume right below the directory of subjects, called by its name. Making a
 * snapshot, restoring one under a new name, and putting one in the place of its subject are one
 * step of the file system each; they are committed when the method returns. Nested subvolumes are
 * not part of a snapshot: a creation warns of them, and a restore in place is refused, as it is for
 * a subvolume that is mounted or the default one.
 *
 * <p>Needs the tool {@code btrfs} and root. The stores are thread-safe, and safe against other
 * processes.
 */
public final class BtrfsSnapshotStore {
  private BtrfsSnapshotStore() {}

  /**
   * Begins a store.
   *
   * @param subjects a directory of a mounted btrfs; its subvolumes are snapshotted
   * @param root a directory of the same file system where snapshots are kept; made when needed
   * @return a builder
   */
  public static BtrfsSnapshotStoreBuilder builder(Path subjects, Path root) {
    return new BtrfsSnapshotStoreBuilder(subjects, root);
  }

  /**
   * Makes a store.
   *
   * @param config the configuration: {@code btrfs.snapshot.subjects} and {@code
   *     btrfs.snapshot.root}
   * @return the store
   * @throws io.overc.error.ConfigException if a value is missing or cannot be used
   */
  public static SnapshotStore of(Config config) {
    return builder(config.get(SnapshotKeys.SUBJECTS), config.get(SnapshotKeys.ROOT)).build();
  }
}
