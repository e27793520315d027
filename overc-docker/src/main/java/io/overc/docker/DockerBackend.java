package io.overc.docker;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.docker.container.CommittedSnapshots;
import io.overc.docker.container.Replacement;
import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.Images;
import io.overc.docker.engine.Readiness;
import io.overc.internal.file.IoErrors;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts together what the Docker backends share. */
final class DockerBackend {
  private final Config config;
  private final EngineContainers containers;

  DockerBackend(EngineBuilder<?> from) {
    this.config = from.config;
    Docker docker =
        new Docker(from.runner, from.effects, get(DockerKeys.COMMAND), get(DockerKeys.TIMEOUT));
    this.containers = new EngineContainers(docker, get(DockerKeys.STOP_TIMEOUT));
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
    try (HeldLock lock = lock(container)) {
      replacement().recover(container);
      return work.get();
    }
  }

  HeldLock lock(String container) {
    try {
      Optional<Path> chosen = config.find(DockerKeys.LOCKS);
      LockDirectory locks =
          chosen.isPresent() ? LockDirectory.at(chosen.get()) : LockDirectory.standard();
      // The command tells engines apart.
      String command = String.join(" ", docker().command());
      String host = System.getenv().getOrDefault("DOCKER_HOST", "");
      return locks
          .lock(container, "the container '" + container + "'", "docker", command, host)
          .take("a change of the container");
    } catch (IOException e) {
      throw IoErrors.failed("lock the container " + container, e);
    }
  }
}
