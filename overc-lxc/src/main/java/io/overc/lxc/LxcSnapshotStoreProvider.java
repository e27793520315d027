package io.overc.lxc;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SnapshotStoreProvider;

/** Offers {@link LxcSnapshotStore} as {@code lxc}. */
@AutoService(SnapshotStoreProvider.class)
@SuppressWarnings("exports") // The annotation is read by the compiler only.
public final class LxcSnapshotStoreProvider extends LxcProvider<SnapshotStore>
    implements SnapshotStoreProvider {

  /** Makes the provider; for {@link java.util.ServiceLoader}. */
  public LxcSnapshotStoreProvider() {
    super("lxc-freeze", "lxc-unfreeze", "cp", "tar", "unshare", "nsenter");
  }

  @Override
  public SnapshotStore create(Config config) {
    return LxcSnapshotStore.of(config);
  }
}
