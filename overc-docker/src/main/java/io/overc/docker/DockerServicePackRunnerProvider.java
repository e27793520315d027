package io.overc.docker;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.servicepack.ServicePackRunner;
import io.overc.spi.Availability;
import io.overc.spi.ServicePackRunnerProvider;
import io.overc.spi.ToolVersion;
import java.util.List;

/** Makes {@link DockerServicePackRunner} from a configuration; its id is {@code docker}. */
@AutoService(ServicePackRunnerProvider.class)
public final class DockerServicePackRunnerProvider implements ServicePackRunnerProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public DockerServicePackRunnerProvider() {}

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
  public ServicePackRunner create(Config config) {
    return DockerServicePackRunner.of(config);
  }
}
