package io.overc.docker;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.spi.Availability;
import io.overc.spi.BackendProvider;
import io.overc.spi.ToolVersion;
import java.util.List;

/**
 * What the providers of all Docker backends answer alike.
 *
 * @param <T> what they make
 */
abstract class DockerProvider<T> implements BackendProvider<T> {
  @Override
  public final String id() {
    return "docker";
  }

  @Override
  public final List<ConfigKey<?>> keys() {
    return DockerKeys.all();
  }

  @Override
  public final Availability availability(Config config) {
    return DockerAvailability.of(config);
  }

  @Override
  public final List<ToolVersion> tools(Config config) {
    return DockerAvailability.tools(config);
  }
}
