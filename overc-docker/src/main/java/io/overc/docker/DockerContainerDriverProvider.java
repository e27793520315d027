package io.overc.docker;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.spi.Availability;
import io.overc.spi.ContainerDriverProvider;
import io.overc.spi.ToolVersion;
import java.util.List;

/** Makes {@link DockerContainerDriver} from a configuration; its id is {@code docker}. */
@AutoService(ContainerDriverProvider.class)
public final class DockerContainerDriverProvider implements ContainerDriverProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public DockerContainerDriverProvider() {}

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
  public ContainerDriver create(Config config, Template template) {
    return DockerContainerDriver.of(config, template);
  }
}
