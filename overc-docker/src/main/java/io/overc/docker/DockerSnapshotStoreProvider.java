package io.overc.docker;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SnapshotStoreProvider;

/** Makes {@link DockerSnapshotStore} from a configuration; its id is {@code docker}. */
@AutoService(SnapshotStoreProvider.class)
public final class DockerSnapshotStoreProvider extends DockerProvider<SnapshotStore>
    implements SnapshotStoreProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public DockerSnapshotStoreProvider() {}

  @Override
  public SnapshotStore create(Config config) {
    return DockerSnapshotStore.of(config);
  }
}
