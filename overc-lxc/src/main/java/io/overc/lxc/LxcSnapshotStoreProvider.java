package io.overc.lxc;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.Availability;
import io.overc.spi.SnapshotStoreProvider;
import java.util.List;

/** Offers {@link LxcSnapshotStore} as {@code lxc}. */
@AutoService(SnapshotStoreProvider.class)
@SuppressWarnings("exports") // The annotation is read by the compiler only.
public final class LxcSnapshotStoreProvider implements SnapshotStoreProvider {

  /** Makes the provider; for {@link java.util.ServiceLoader}. */
  public LxcSnapshotStoreProvider() {}

  @Override
  public String id() {
    return "lxc";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return LxcKeys.ALL;
  }

  @Override
  public Availability availability(Config config) {
    return Availability.ofTools("lxc-freeze", "lxc-unfreeze", "cp", "tar", "unshare", "nsenter");
  }

  @Override
  public SnapshotStore create(Config config) {
    return LxcSnapshotStore.of(config);
  }
}
