package io.overc.lxc;

import io.overc.container.Template;
import io.overc.exec.CommandRunner;
import io.overc.spi.Mutations;

/** Makes the LXC backends without configuration; immutable. */
public final class LxcBackends {
  private final LxcSettings settings;
  private final Template template;
  private final CommandRunner runner;
  private final Mutations mutations;

  private LxcBackends(
      LxcSettings settings, Template template, CommandRunner runner, Mutations mutations) {
    this.settings = settings;
    this.template = template;
    this.runner = runner;
    this.mutations = mutations;
  }

  /**
   * Begins with the default template.
   *
   * @param settings where the containers are, and how long things may take
   * @return the backends
   */
  public static LxcBackends of(LxcSettings settings) {
    return new LxcBackends(
        settings, Template.plain("lxc", "lxc"), CommandRunner.system(), Mutations.direct());
  }

  /**
   * Returns the same backends for another template.
   *
   * @param other what the driver's containers are made from
   * @return the backends
   */
  public LxcBackends template(Template other) {
    return new LxcBackends(settings, other, runner, mutations);
  }

  LxcBackends runner(CommandRunner other) {
    return new LxcBackends(settings, template, other, mutations);
  }

  LxcBackends mutations(Mutations other) {
    return new LxcBackends(settings, template, runner, other);
  }

  /**
   * Makes the driver of the template.
   *
   * @return a driver
   */
  public LxcContainerDriver containerDriver() {
    return new LxcContainerDriver(new LxcTools(settings, runner, mutations), template);
  }

  /**
   * Makes the snapshot store.
   *
   * @return a store
   */
  public LxcSnapshotStore snapshotStore() {
    return new LxcSnapshotStore(new LxcTools(settings, runner, mutations));
  }

  /**
   * Makes the overlay sharing.
   *
   * @return a new backend
   */
  public LxcOverlaySharing overlaySharing() {
    return new LxcOverlaySharing(new LxcTools(settings, runner, mutations));
  }
}
