package io.overc.lxc;

import io.overc.config.Config;
import io.overc.snapshot.SnapshotStore;

/**
 * Snapshots LXC containers in the layout of lxc-snap: {@code <lxcpath>snaps/NAME_N}, a container of
 * its own with the files {@code ts} and {@code comment}. Snapshots that lxc-snap made are listed
 * and restored, and the other way round; those of lxc-snapshot ({@code NAME/snaps/snapN}) have the
 * id {@code NAME/snapN}.
 *
 * <p>A container on an overlay is snapshotted by its upper directory, one on btrfs by a subvolume,
 * one in a plain directory only by a full copy. One that runs must be allowed to be frozen; one
 * that its user has frozen stays so. A restored container keeps the host name and hardware
 * addresses of the snapshot, as with lxc-snap, and is not started.
 *
 * <pre>{@code
 * SnapshotStore store = LxcSnapshotStore.builder().config(config).build();
 * }</pre>
 */
public final class LxcSnapshotStore {
  private LxcSnapshotStore() {}

  /**
   * Makes a store. Starts no process.
   *
   * @param config the configuration, see {@link LxcKeys}
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

  /** Builds stores. Not thread-safe. */
  public static final class Builder extends LxcBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Makes the store.
     *
     * @return a store
     * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
     */
    public SnapshotStore build() {
      return backends().snapshotStore();
    }
  }
}
