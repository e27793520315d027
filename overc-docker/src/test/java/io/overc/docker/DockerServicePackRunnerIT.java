package io.overc.docker;

import io.overc.docker.testkit.TestEngine;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.ServicePackRunner;
import io.overc.testkit.ServicePackRunnerContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Docker keeps the contract of service pack runners")
class DockerServicePackRunnerIT extends ServicePackRunnerContract {
  private final TestEngine engine = TestEngine.shared();
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
