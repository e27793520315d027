package io.overc.docker;

import io.overc.config.Config;
import io.overc.exec.CommandRunner;
import io.overc.spi.SideEffects;
import java.util.Objects;

/**
 * What the builders of all Docker backends have in common. Not thread-safe.
 *
 * @param <B> the builder
 */
abstract sealed class EngineBuilder<B extends EngineBuilder<B>>
    permits DockerContainerDriver.Builder,
        DockerServicePackRunner.Builder,
        DockerSnapshotStore.Builder {
  Config config = Config.empty();
  CommandRunner runner = CommandRunner.system();
  SideEffects effects = SideEffects.direct();

  EngineBuilder() {}

  abstract B self();

  /**
   * Sets how the backend works.
   *
   * @param values the configuration, see {@link DockerKeys}; empty if unset
   * @return this
   */
  public B config(Config values) {
    config = Objects.requireNonNull(values);
    return self();
  }

  /**
   * Sets what starts the docker command.
   *
   * @param commands starts it; {@link CommandRunner#system} if unset
   * @return this
   */
  public B commandRunner(CommandRunner commands) {
    runner = Objects.requireNonNull(commands);
    return self();
  }

  B effects(SideEffects points) {
    effects = points;
    return self();
  }
}
