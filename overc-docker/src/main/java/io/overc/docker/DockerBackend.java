package io.overc.docker;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.container.Template;
import io.overc.docker.container.DockerContainerBackend;
import io.overc.docker.container.EngineLocks;
import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.Images;
import io.overc.engine.ManagedContainerDriver;
import io.overc.spi.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts together what the Docker backends share. */
final class DockerBackend {
  /** A look costs a process. */
  private static final Duration INTERVAL = Duration.ofMillis(500);

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

  <T> Optional<T> find(ConfigKey<T> key) {
    return config.find(key);
  }

  EngineContainers containers() {
    return containers;
  }

  Images images() {
    return new Images(containers.docker(), get(DockerKeys.BUILD_TIMEOUT));
  }

  EngineLocks locks() {
    return new EngineLocks(find(DockerKeys.LOCKS), containers.docker().command());
  }

  /**
   * Makes a driver; ready is what keeps running, and in which a command succeeds if there is one.
   */
  ManagedContainerDriver driver(Template template, List<String> readyCommand) {
    String name = template.name();
    List<String> options = new ArrayList<>(List.of("--network", get(DockerKeys.NETWORK)));
    options.addAll(List.of("--restart", get(DockerKeys.RESTART)));
    options.addAll(get(DockerKeys.TEMPLATE_OPTIONS.named(name)));
    DockerContainerBackend.Settings settings =
        new DockerContainerBackend.Settings(
            get(DockerKeys.SNAPSHOT_REPOSITORY),
            get(DockerKeys.NETWORK),
            options,
            get(DockerKeys.TEMPLATE_COMMAND.named(name)),
            get(DockerKeys.BUILD_TIMEOUT));
    Readiness readiness =
        Readiness.builder()
            .settle(get(DockerKeys.SETTLE))
            .command(readyCommand)
            .timeout(get(DockerKeys.READY_TIMEOUT))
            .interval(INTERVAL)
            .build();
    // The calls of the docker command are the side effects, not what they are part of.
    return ManagedContainerDriver.builder(
            new DockerContainerBackend(containers, images(), locks(), template, settings), template)
        .readiness(readiness)
        .build();
  }
}
