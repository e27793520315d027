package io.overc.directory;

import io.overc.config.ConfigKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The configuration keys of {@link DirectorySnapshotStore}. */
final class DirectoryKeys {
  static final ConfigKey<Path> ROOT =
      ConfigKey.path("directory.root", "the directory where snapshots are kept");
  static final ConfigKey<Path> SUBJECTS =
      ConfigKey.path(
          "directory.subjects", "the directory whose subdirectories are snapshotted by their name");
  static final ConfigKey<Duration> TIMEOUT =
      ConfigKey.duration("directory.timeout", "how long one copy may take").withDefault("2h");

  static final List<ConfigKey<?>> ALL = List.of(ROOT, SUBJECTS, TIMEOUT);

  private DirectoryKeys() {}
}
