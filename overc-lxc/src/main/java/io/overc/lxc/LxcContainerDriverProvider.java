package io.overc.lxc;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.exec.CommandRunner;
import io.overc.spi.ContainerDriverProvider;
import io.overc.spi.ToolVersion;
import java.util.List;

/** Offers {@link LxcContainerDriver} as {@code lxc}. */
@AutoService(ContainerDriverProvider.class)
@SuppressWarnings("exports") // The annotation is read by the compiler only.
public final class LxcContainerDriverProvider extends LxcProvider<ContainerDriver>
    implements ContainerDriverProvider {

  /** Makes the provider; for {@link java.util.ServiceLoader}. */
  public LxcContainerDriverProvider() {
    super("lxc-start", "lxc-stop", "lxc-attach", "lxc-freeze", "lxc-unfreeze", "tar", "cp");
  }

  @Override
  public List<ToolVersion> tools(Config config) {
    CommandRunner runner = CommandRunner.system();
    return List.of(
        ToolVersion.ask(runner, "lxc-start", "--version"),
        ToolVersion.ask(runner, "tar", "--version"));
  }

  @Override
  public ContainerDriver create(Config config, Template template) {
    return LxcContainerDriver.of(config, template);
  }
}
