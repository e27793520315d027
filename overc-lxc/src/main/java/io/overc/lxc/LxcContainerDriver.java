package io.overc.lxc;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;

/**
 * Maintains LXC containers whose image is a root file system tarball.
 *
 * <p>Status and list read files only and start no process. An activation or a rollback prepares the
 * new container beside the old one, exchanges the two by rename, starts the new one, and puts the
 * old one back if it does not become ready. The container that an activation replaces becomes a
 * snapshot as it is, without being copied. Its config stays but for the root: what was set by hand
 * is kept.
 *
 * <p>Snapshots are those of {@link LxcSnapshotStore}. Those of a container backed by a plain
 * directory are full copies; one that runs is frozen meanwhile.
 *
 * <pre>{@code
 * ContainerDriver driver = LxcContainerDriver.builder().config(config).template(template).build();
 * }</pre>
 */
public final class LxcContainerDriver {
  private LxcContainerDriver() {}

  /**
   * Makes a driver. Starts no process.
   *
   * @param config the configuration, see {@link LxcKeys}
   * @param template the template, see {@link Template#read}
   * @return the driver
   * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
   */
  public static ContainerDriver of(Config config, Template template) {
    return builder().config(config).template(template).build();
  }

  /**
   * Begins a driver.
   *
   * @return a builder with the default configuration and the default template
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds drivers. Not thread-safe. */
  public static final class Builder extends LxcBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets what the driver's containers are made from.
     *
     * @param value the template; the default one, {@code lxc}, if unset
     * @return this
     */
    public Builder template(Template value) {
      template = value;
      return this;
    }

    /**
     * Makes the driver.
     *
     * @return a driver
     * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
     */
    public ContainerDriver build() {
      return backends().containerDriver();
    }
  }
}
