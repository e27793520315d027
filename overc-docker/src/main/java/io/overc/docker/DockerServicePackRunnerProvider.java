package io.overc.docker;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.servicepack.ServicePackRunner;
import io.overc.spi.ServicePackRunnerProvider;

/** Makes {@link DockerServicePackRunner} from a configuration; its id is {@code docker}. */
@AutoService(ServicePackRunnerProvider.class)
public final class DockerServicePackRunnerProvider extends DockerProvider<ServicePackRunner>
    implements ServicePackRunnerProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public DockerServicePackRunnerProvider() {}

  @Override
  public ServicePackRunner create(Config config) {
    return DockerServicePackRunner.of(config);
  }
}
