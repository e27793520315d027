package io.overc.docker;

import io.overc.docker.testkit.PodmanEngine;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Podman keeps the contract of snapshot stores")
class PodmanSnapshotStoreIT extends EngineSnapshotStoreContract {
  PodmanSnapshotStoreIT() {
    super(PodmanEngine.shared());
  }
}
