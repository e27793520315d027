package io.overc.docker;

import io.overc.docker.testkit.PodmanEngine;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Podman keeps the contract of snapshot stores")
class PodmanSnapshotStoreIT extends EngineSnapshotStoreContract {
  private static @Nullable PodmanEngine started;

  PodmanSnapshotStoreIT() {
    super(Objects.requireNonNull(started).engine());
  }

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
}
