package io.overc.docker;

import io.overc.config.Config;
import io.overc.docker.container.CommittedSnapshots;
import io.overc.docker.container.ContainerLock;
import io.overc.docker.container.Readiness;
import io.overc.docker.container.Replacement;
import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.Images;
import io.overc.exec.CommandRunner;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Puts together what the container driver and the snapshot store share. */
final class DockerBackend {
  private final Config config;
  private final Docker docker;
  private final EngineContainers containers;
  private final Path locks;

  DockerBackend(Config config, CommandRunner runner, SideEffects effects) {
    this.config = config;
    this.docker =
        new Docker(runner, config.get(DockerKeys.COMMAND), config.get(DockerKeys.TIMEOUT));
    this.containers = new EngineContainers(docker, effects, config.get(DockerKeys.STOP_TIMEOUT));
    this.locks =
        config
            .find(DockerKeys.LOCKS)
            .orElse(Path.of(System.getProperty("java.io.tmpdir"), "overc-docker-locks"));
  }

  Docker docker() {
    return docker;
  }

  SideEffects effects() {
    return containers.effects();
  }

  EngineContainers containers() {
    return containers;
  }

  CommittedSnapshots snapshots() {
    return new CommittedSnapshots(containers, config.get(DockerKeys.SNAPSHOT_REPOSITORY));
  }

  Replacement replacement() {
    return new Replacement(
        containers,
        new Readiness(containers, config.get(DockerKeys.SETTLE), List.of(), Duration.ZERO));
  }

  Images images() {
    return new Images(docker, effects(), config.get(DockerKeys.BUILD_TIMEOUT));
  }

  /**
   * Does something while nobody else changes the container; finishes what was interrupted first.
   */
  @SuppressWarnings("try") // the lock is held, not used
  <T> T locked(String container, Supplier<T> work) {
    try (ContainerLock lock = ContainerLock.take(locks, docker.command(), container)) {
      replacement().recover(container);
      return work.get();
    }
  }
}
