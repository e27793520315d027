package io.overc.docker;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.spi.ContainerDriverProvider;

/** Makes {@link DockerContainerDriver} from a configuration; its id is {@code docker}. */
@AutoService(ContainerDriverProvider.class)
public final class DockerContainerDriverProvider extends DockerProvider<ContainerDriver>
    implements ContainerDriverProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public DockerContainerDriverProvider() {}

  @Override
  public ContainerDriver create(Config config, Template template) {
    return DockerContainerDriver.of(config, template);
  }
}
