package io.overc.docker;

import io.overc.docker.testkit.PodmanEngine;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Podman keeps the contract of container drivers")
class PodmanContainerDriverIT extends EngineContainerDriverContract {
  PodmanContainerDriverIT() {
    super(PodmanEngine.shared());
  }
}
