package io.overc.directory;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.Availability;
import io.overc.spi.SnapshotStoreProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Makes the {@link DirectorySnapshotStore} named {@code directory}. */
@AutoService(SnapshotStoreProvider.class)
public final class DirectorySnapshotStoreProvider implements SnapshotStoreProvider {
  static final ConfigKey<Path> ROOT =
      ConfigKey.path("directory.root", "the directory where snapshots are kept");
  static final ConfigKey<Path> SUBJECTS =
      ConfigKey.path(
          "directory.subjects", "the directory whose subdirectories are snapshotted by their name");
  static final ConfigKey<Duration> TIMEOUT =
      ConfigKey.duration("directory.timeout", "how long one copy may take").withDefault("2h");

  /** For {@link java.util.ServiceLoader}. */
  public DirectorySnapshotStoreProvider() {}

  @Override
  public String id() {
    return "directory";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(ROOT, SUBJECTS, TIMEOUT);
  }

  @Override
  public Availability availability(Config config) {
    boolean set = config.find(ROOT).isPresent() && config.find(SUBJECTS).isPresent();
    return set
        ? Availability.usable("keeps snapshots in " + config.get(ROOT))
        : Availability.unusable("set directory.root and directory.subjects");
  }

  @Override
  public SnapshotStore create(Config config) {
    return DirectorySnapshotStore.of(config);
  }
}
