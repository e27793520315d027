package io.overc.docker;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.docker.container.CommittedSnapshots;
import io.overc.docker.container.ContainerLock;
import io.overc.docker.container.Replacement;
import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.Images;
import io.overc.docker.engine.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Puts together what the Docker backends share. */
final class DockerBackend {
  private final Config config;
  private final EngineContainers containers;
  private final Path locks;

  DockerBackend(EngineBuilder<?> from) {
    this.config = from.config;
    Docker docker =
        new Docker(from.runner, from.effects, get(DockerKeys.COMMAND), get(DockerKeys.TIMEOUT));
    this.containers = new EngineContainers(docker, get(DockerKeys.STOP_TIMEOUT));
    this.locks =
        config
            .find(DockerKeys.LOCKS)
            .orElse(Path.of(System.getProperty("java.io.tmpdir"), "overc-docker-locks"));
  }

  <T> T get(ConfigKey<T> key) {
    return config.get(key);
  }

  Docker docker() {
    return containers.docker();
  }

  EngineContainers containers() {
    return containers;
  }

  CommittedSnapshots snapshots() {
    return new CommittedSnapshots(containers, get(DockerKeys.SNAPSHOT_REPOSITORY));
  }

  /** Is ready what keeps running. */
  Readiness settled() {
    return new Readiness(containers, get(DockerKeys.SETTLE), List.of(), Duration.ZERO);
  }

  Replacement replacement() {
    return new Replacement(containers, settled());
  }

  Images images() {
    return new Images(docker(), get(DockerKeys.BUILD_TIMEOUT));
  }

  /**
   * Does something while nobody else changes the container; finishes what was interrupted first.
   */
  @SuppressWarnings("try") // the lock is held, not used
  <T> T locked(String container, Supplier<T> work) {
    try (ContainerLock lock = ContainerLock.take(locks, docker().command(), container)) {
      replacement().recover(container);
      return work.get();
    }
  }
}
