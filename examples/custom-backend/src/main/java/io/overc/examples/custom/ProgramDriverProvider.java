package io.overc.examples.custom;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.engine.ManagedContainerDriver;
import io.overc.spi.Availability;
import io.overc.spi.ContainerDriverProvider;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.util.List;

/** Makes the driver; this class and {@code module-info} are all that OverC needs to find it. */
@AutoService(ContainerDriverProvider.class)
@SuppressWarnings("exports") // The annotation is read by the compiler only.
public final class ProgramDriverProvider implements ContainerDriverProvider {
  /** Names the directory of the programs. */
  public static final ConfigKey<Path> HOME =
      ConfigKey.path("program.dir", "the directory of the programs")
          .withDefault("/var/lib/programs");

  /** Makes the provider; for {@link java.util.ServiceLoader}. */
  public ProgramDriverProvider() {}

  @Override
  public String id() {
    return "program";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(HOME);
  }

  @Override
  public Availability availability(Config config) {
    return Availability.ofTools("sh");
  }

  @Override
  public ContainerDriver create(Config config, Template template) {
    ProgramBackend backend = new ProgramBackend(config.get(HOME), template, SideEffects.direct());
    return ManagedContainerDriver.builder(backend, template).build();
  }
}
