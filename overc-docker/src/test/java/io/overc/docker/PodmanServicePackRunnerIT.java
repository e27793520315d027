package io.overc.docker;

import io.overc.docker.testkit.PodmanEngine;
import io.overc.docker.testkit.TestEngine;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.ServicePackRunner;
import io.overc.testkit.ServicePackRunnerContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Podman keeps the contract of service pack runners")
class PodmanServicePackRunnerIT extends ServicePackRunnerContract {
  private final TestEngine engine = PodmanEngine.shared();
  private final ServicePackRunner runner =
      DockerServicePackRunner.builder().config(engine.config()).build();

  @Override
  protected ServicePackRunner runner() {
    return runner;
  }

  @Override
  protected String os() {
    return "busybox/1";
  }

  @Override
  protected void removeImage(ImageTag image) {
    engine.docker("rmi", "--force", image.toString());
  }
}
