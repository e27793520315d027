package io.overc.docker;

import io.overc.docker.testkit.PodmanEngine;
import io.overc.docker.testkit.TestEngine;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.ServicePackRunner;
import io.overc.testkit.ServicePackRunnerContract;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Podman keeps the contract of service pack runners")
class PodmanServicePackRunnerIT extends ServicePackRunnerContract {
  private static @Nullable PodmanEngine started;

  private final TestEngine engine = Objects.requireNonNull(started).engine();
  private final ServicePackRunner runner =
      DockerServicePackRunner.builder().config(engine.config()).build();

  @BeforeAll
  static void prepare() {
    started = PodmanEngine.prepare();
  }

  @AfterAll
  static void reset() {
    if (started != null) {
      started.close();
    }
  }

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
