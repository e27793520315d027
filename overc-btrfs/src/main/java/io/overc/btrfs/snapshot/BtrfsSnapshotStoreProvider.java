package io.overc.btrfs.snapshot;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.exec.CommandRunner;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.Availability;
import io.overc.spi.SnapshotStoreProvider;
import io.overc.spi.ToolVersion;
import java.util.List;

/** Makes the {@link BtrfsSnapshotStore} named {@code btrfs}. */
@AutoService(SnapshotStoreProvider.class)
public final class BtrfsSnapshotStoreProvider implements SnapshotStoreProvider {
  /** For {@link java.util.ServiceLoader}. */
  public BtrfsSnapshotStoreProvider() {}

  @Override
  public String id() {
    return "btrfs";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return SnapshotKeys.ALL;
  }

  @Override
  public Availability availability(Config config) {
    boolean set =
        config.find(SnapshotKeys.SUBJECTS).isPresent()
            && config.find(SnapshotKeys.ROOT).isPresent();
    return set
        ? Availability.ofTools("btrfs", "prlimit")
        : Availability.unusable("set btrfs.snapshot.subjects and btrfs.snapshot.root");
  }

  @Override
  public List<ToolVersion> tools(Config config) {
    return List.of(ToolVersion.ask(CommandRunner.system(), "btrfs", "--version"));
  }

  @Override
  public SnapshotStore create(Config config) {
    return BtrfsSnapshotStore.of(config);
  }
}
