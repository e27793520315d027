package io.overc.docker;

import io.overc.docker.engine.TestEngine;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.ServicePackRunner;
import io.overc.testkit.Real;
import io.overc.testkit.ServicePackRunnerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Podman with a store of its own; limits are those of this process, which it may not raise. */
@DisplayName("Podman keeps the contract of service pack runners")
class PodmanServicePackRunnerIT extends ServicePackRunnerContract {
  @TempDir(cleanup = CleanupMode.NEVER)
  static @Nullable Path store;

  private static @Nullable TestEngine started;

  private final TestEngine engine = Objects.requireNonNull(started);
  private final ServicePackRunner runner =
      DockerServicePackRunner.builder().config(engine.config("docker.restart", "no")).build();

  @BeforeAll
  static void prepare() throws IOException {
    Real.root();
    Real.tools("podman", "catatonit", "busybox", "tar");
    Path root = Objects.requireNonNull(store);
    Path settings = root.resolve("containers.conf");
    Files.writeString(
        settings, "[containers]\ndefault_ulimits=[\"nofile=1024:1024\",\"nproc=1024:1024\"]\n");
    started =
        TestEngine.of(
            List.of(
                "env",
                "CONTAINERS_CONF=" + settings,
                "podman",
                "--root=" + root.resolve("root"),
                "--runroot=" + root.resolve("run"),
                "--network-config-dir=" + Files.createDirectory(root.resolve("net")),
                "--cgroup-manager=cgroupfs"));
  }

  @AfterAll
  static void reset() {
    if (started != null) {
      started.docker("rm", "--all", "--force", "--time", "0");
      started.close();
      started.docker("system", "reset", "--force");
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
