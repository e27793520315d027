package io.overc.btrfs;

import com.google.auto.service.AutoService;
import io.overc.btrfs.fs.MountTable;
import io.overc.btrfs.state.Prerequisites;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.exec.CommandRunner;
import io.overc.host.HostUpgrader;
import io.overc.spi.Availability;
import io.overc.spi.HostUpgraderProvider;
import io.overc.spi.ToolVersion;
import java.util.List;

/** Makes the {@link BtrfsHostUpgrader}; its id is {@code btrfs}. */
@AutoService(HostUpgraderProvider.class)
public final class BtrfsHostUpgraderProvider implements HostUpgraderProvider {

  /** Makes the provider; for {@link java.util.ServiceLoader}. */
  public BtrfsHostUpgraderProvider() {}

  @Override
  public String id() {
    return "btrfs";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return HostKeys.ALL;
  }

  @Override
  public Availability availability(Config config) {
    Availability tools = Availability.ofTools(Prerequisites.tools());
    if (!tools.usable()) {
      return tools;
    }
    boolean btrfs =
        MountTable.read()
            .at(config.get(HostKeys.ROOT))
            .filter(mount -> mount.type().equals("btrfs"))
            .isPresent();
    return btrfs
        ? Availability.usable(config.get(HostKeys.ROOT) + " is on btrfs")
        : Availability.unusable(
            config.get(HostKeys.ROOT)
                + " is not on btrfs: host upgrades require that (or set btrfs.root)");
  }

  @Override
  public List<ToolVersion> tools(Config config) {
    CommandRunner runner = CommandRunner.system();
    return List.of(
        ToolVersion.ask(runner, "btrfs", "--version"),
        ToolVersion.ask(runner, "unshare", "--version"),
        ToolVersion.ask(runner, "mount", "--version"));
  }

  @Override
  public HostUpgrader create(Config config) {
    return BtrfsHostUpgrader.of(config);
  }
}
