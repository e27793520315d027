package io.overc.docker;

import io.overc.docker.testkit.PrivateEngine;
import io.overc.docker.testkit.TestEngine;
import io.overc.testkit.Real;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Docker keeps the contract of snapshot stores")
class DockerSnapshotStoreIT extends EngineSnapshotStoreContract {
  private static @Nullable TestEngine started;

  DockerSnapshotStoreIT() {
    super(Objects.requireNonNull(started));
  }

  @BeforeAll
  static void startEngine() {
    Real.root();
    Real.tools("dockerd", "docker", "busybox");
    started = TestEngine.on(PrivateEngine.start());
  }

  @AfterAll
  static void stopEngine() {
    if (started != null) {
      started.close();
    }
  }
}
