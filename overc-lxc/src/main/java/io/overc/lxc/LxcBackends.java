package io.overc.lxc;

import io.overc.container.Template;
import io.overc.exec.CommandRunner;
import io.overc.spi.SideEffects;

/** Makes the LXC backends without configuration; immutable. */
public final class LxcBackends {
  private final LxcSettings settings;
  private final Template template;
  private final CommandRunner runner;
  private final SideEffects effects;

  private LxcBackends(
      LxcSettings settings, Template template, CommandRunner runner, SideEffects effects) {
    this.settings = settings;
    this.template = template;
    this.runner = runner;
    this.effects = effects;
  }

  /**
   * Begins with the default template.
   *
   * @param settings where the containers are, and how long things may take
   * @return the backends
   */
  public static LxcBackends of(LxcSettings settings) {
    return new LxcBackends(
        settings, Template.plain("lxc", "lxc"), CommandRunner.system(), SideEffects.direct());
  }

  /**
   * Returns the same backends for another template.
   *
   * @param other what the driver's containers are made from
   * @return the backends
   */
  public LxcBackends template(Template other) {
    return new LxcBackends(settings, other, runner, effects);
  }

  LxcBackends runner(CommandRunner other) {
    return new LxcBackends(settings, template, other, effects);
  }

  LxcBackends effects(SideEffects other) {
    return new LxcBackends(settings, template, runner, other);
  }

  /**
   * Makes the driver of the template.
   *
   * @return a driver
   */
  public LxcContainerDriver containerDriver() {
    return new LxcContainerDriver(new LxcTools(settings, runner, effects), template);
  }

  /**
   * Makes the snapshot store.
   *
   * @return a store
   */
  public LxcSnapshotStore snapshotStore() {
    return new LxcSnapshotStore(new LxcTools(settings, runner, effects));
  }

  /**
   * Makes the overlay sharing.
   *
   * @return a new backend
   */
  public LxcOverlaySharing overlaySharing() {
    return new LxcOverlaySharing(new LxcTools(settings, runner, effects));
  }
}
