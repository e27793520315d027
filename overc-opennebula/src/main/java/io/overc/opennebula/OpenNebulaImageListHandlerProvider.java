package io.overc.opennebula;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.error.ConfigException;
import io.overc.exec.CommandRunner;
import io.overc.image.ImageListHandler;
import io.overc.spi.Availability;
import io.overc.spi.ImageListHandlerProvider;
import io.overc.spi.ToolVersion;
import java.nio.file.Path;
import java.util.List;

/** Provides {@link OpenNebulaImageListHandler}; its id is {@code opennebula}. */
@AutoService(ImageListHandlerProvider.class)
public final class OpenNebulaImageListHandlerProvider implements ImageListHandlerProvider {
  /** Makes a provider. */
  public OpenNebulaImageListHandlerProvider() {}

  @Override
  public String id() {
    return "opennebula";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return OpenNebulaKeys.ALL;
  }

  @Override
  public Availability availability(Config config) {
    OneEnvironment one = new OneEnvironment(System.getenv(), Path.of("/"));
    try {
      one.session(config.find(OpenNebulaKeys.AUTH_FILE));
      return Availability.usable(
          "found credentials for " + one.endpoint(config.find(OpenNebulaKeys.ENDPOINT)));
    } catch (ConfigException e) {
      return Availability.unusable(String.join("; ", e.problems()));
    }
  }

  @Override
  public List<ToolVersion> tools(Config config) {
    return List.of(ToolVersion.ask(CommandRunner.system(), "qemu-img", "--version"));
  }

  @Override
  public ImageListHandler create(Config config) {
    return OpenNebulaImageListHandler.of(config);
  }
}
