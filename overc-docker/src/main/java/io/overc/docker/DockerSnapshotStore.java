package io.overc.docker;

import io.overc.config.Config;
import io.overc.container.Template;
import io.overc.snapshot.SnapshotStore;
import java.util.List;

/**
 * Snapshots Docker containers as committed images, and restores them with the options they were
 * made with.
 *
 * <p>A snapshot holds the file system of the container and its configuration, secrets in its
 * environment among it, not what is in volumes, nor memory. One that is imported gets nothing of
 * this host but what is {@linkplain io.overc.snapshot.Trust trusted by name}: no names of images,
 * mounts, devices, capabilities, ports, or networks but that of {@link DockerKeys#NETWORK}.
 * Containers that were restored under another name do not run; one that was restored in place runs
 * if it ran before. The stores are immutable and thread-safe.
 */
public final class DockerSnapshotStore {
  private DockerSnapshotStore() {}

  /**
   * Makes a store. Calls no engine.
   *
   * @param config the configuration, see {@link DockerKeys}
   * @return the store
   * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
   */
  public static SnapshotStore of(Config config) {
    return builder().config(config).build();
  }

  /**
   * Begins a store.
   *
   * @return a builder with the default configuration
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a store. Not thread-safe. */
  public static final class Builder extends EngineBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Makes the store. Calls no engine.
     *
     * @return the store
     * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
     */
    public SnapshotStore build() {
      return new DockerBackend(this)
          .driver(Template.builder("docker", "docker").build(), List.of())
          .snapshots();
    }
  }
}
