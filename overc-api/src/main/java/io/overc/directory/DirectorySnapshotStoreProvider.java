package io.overc.directory;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.Availability;
import io.overc.spi.SnapshotStoreProvider;
import java.util.List;

/** Makes the {@link DirectorySnapshotStore} named {@code directory}. */
@AutoService(SnapshotStoreProvider.class)
public final class DirectorySnapshotStoreProvider implements SnapshotStoreProvider {
  /** For {@link java.util.ServiceLoader}. */
  public DirectorySnapshotStoreProvider() {}

  @Override
  public String id() {
    return "directory";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return DirectoryKeys.ALL;
  }

  @Override
  public Availability availability(Config config) {
    boolean set =
        config.find(DirectoryKeys.ROOT).isPresent()
            && config.find(DirectoryKeys.SUBJECTS).isPresent();
    return set
        ? Availability.usable("keeps snapshots in " + config.get(DirectoryKeys.ROOT))
        : Availability.unusable("set directory.root and directory.subjects");
  }

  @Override
  public SnapshotStore create(Config config) {
    return DirectorySnapshotStore.of(config);
  }
}
