package io.overc.docker;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import java.util.Objects;

/**
 * Maintains Docker containers. The image of a template is an image of the engine; snapshots are
 * committed images, as {@link DockerSnapshotStore} keeps them; volumes are not part of them.
 *
 * <p>While a container is replaced, the new one is {@code NAME.overc-new}, then the old one {@code
 * NAME.overc-old}; an interrupted replacement is finished or undone by the next operation on it.
 * The drivers are immutable and thread-safe.
 *
 * <pre>{@code
 * ContainerDriver driver = DockerContainerDriver.of(config, Template.read(config, "web"));
 * driver.activate("web1", WhenActive.REFUSE, OperationOptions.defaults());
 * }</pre>
 */
public final class DockerContainerDriver {
  private DockerContainerDriver() {}

  /**
   * Makes a driver. Calls no engine.
   *
   * @param config the configuration, see {@link DockerKeys}
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

  /** Builds a driver. Not thread-safe. */
  public static final class Builder extends EngineBuilder<Builder> {
    private Template template = Template.builder("docker", "docker").build();

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets what containers are made from.
     *
     * @param value the template, see {@link Template#read}; one with nothing set if unset
     * @return this
     */
    public Builder template(Template value) {
      template = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Makes the driver. Calls no engine.
     *
     * @return the driver
     * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
     */
    public ContainerDriver build() {
      DockerBackend backend = new DockerBackend(this);
      return backend.driver(
          template, backend.get(DockerKeys.TEMPLATE_READY.named(template.name())));
    }
  }
}
