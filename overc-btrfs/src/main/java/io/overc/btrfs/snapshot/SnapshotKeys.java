package io.overc.btrfs.snapshot;

import io.overc.config.ConfigKey;
import java.nio.file.Path;
import java.util.List;

/** The configuration keys of {@link BtrfsSnapshotStore}. */
final class SnapshotKeys {
  static final ConfigKey<Path> SUBJECTS =
      ConfigKey.path(
          "btrfs.snapshot.subjects",
          "the directory of a mounted btrfs whose subvolumes are snapshotted by their name");
  static final ConfigKey<Path> ROOT =
      ConfigKey.path(
          "btrfs.snapshot.root", "the directory of the same btrfs where snapshots are kept");

  static final List<ConfigKey<?>> ALL = List.of(SUBJECTS, ROOT);

  private SnapshotKeys() {}
}
