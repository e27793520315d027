package io.overc.lxc;

import io.overc.config.Config;
import io.overc.container.Template;
import io.overc.exec.CommandRunner;
import java.util.Objects;

/**
 * What the builders of all LXC backends have in common. Not thread-safe.
 *
 * @param <B> the builder
 */
abstract sealed class LxcBuilder<B extends LxcBuilder<B>>
    permits LxcContainerDriver.Builder, LxcOverlaySharing.Builder, LxcSnapshotStore.Builder {
  Template template = Template.builder("lxc", "lxc").build();
  private Config config = Config.empty();
  private CommandRunner runner = CommandRunner.system();

  LxcBuilder() {}

  abstract B self();

  /**
   * Sets how the backend works.
   *
   * @param values the configuration, see {@link LxcKeys}; empty if unset
   * @return this
   */
  public B config(Config values) {
    config = Objects.requireNonNull(values);
    return self();
  }

  /**
   * Sets what starts tools.
   *
   * @param commands starts them; {@link CommandRunner#system} if unset
   * @return this
   */
  public B commandRunner(CommandRunner commands) {
    runner = Objects.requireNonNull(commands);
    return self();
  }

  LxcBackends backends() {
    return LxcBackends.of(LxcSettings.of(config, template)).template(template).runner(runner);
  }
}
