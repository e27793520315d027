package io.overc.docker;

import io.overc.config.Config;
import io.overc.docker.container.CommittedSnapshots;
import io.overc.docker.container.Readiness;
import io.overc.docker.container.Replacement;
import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.Images;
import io.overc.exec.CommandRunner;
import io.overc.internal.file.IoErrors;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockDirectory;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts together what the container driver and the snapshot store share. */
final class DockerBackend {
  private final Config config;
  private final Docker docker;
  private final EngineContainers containers;

  DockerBackend(Config config, CommandRunner runner, SideEffects effects) {
    this.config = config;
    this.docker =
        new Docker(runner, config.get(DockerKeys.COMMAND), config.get(DockerKeys.TIMEOUT));
    this.containers = new EngineContainers(docker, effects, config.get(DockerKeys.STOP_TIMEOUT));
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
      String command = String.join(" ", docker.command());
      String host = System.getenv().getOrDefault("DOCKER_HOST", "");
      return locks
          .lock(container, "the container '" + container + "'", "docker", command, host)
          .take("a change of the container");
    } catch (IOException e) {
      throw IoErrors.failed("lock the container " + container, e);
    }
  }
}
