package io.overc.docker;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.Availability;
import io.overc.spi.SnapshotStoreProvider;
import io.overc.spi.ToolVersion;
import java.util.List;

/** Makes {@link DockerSnapshotStore} from a configuration; its id is {@code docker}. */
@AutoService(SnapshotStoreProvider.class)
public final class DockerSnapshotStoreProvider implements SnapshotStoreProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public DockerSnapshotStoreProvider() {}

  @Override
  public String id() {
    return "docker";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return DockerKeys.all();
  }

  @Override
  public Availability availability(Config config) {
    return DockerAvailability.of(config);
  }

  @Override
  public List<ToolVersion> tools(Config config) {
    return DockerAvailability.tools(config);
  }

  @Override
  public SnapshotStore create(Config config) {
    return DockerSnapshotStore.of(config);
  }
}
