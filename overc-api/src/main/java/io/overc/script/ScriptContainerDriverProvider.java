package io.overc.script;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.spi.Availability;
import io.overc.spi.ContainerDriverProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Offers each script in {@code script.dir} as a template of its name. */
@AutoService(ContainerDriverProvider.class)
@SuppressWarnings("exports") // The annotation is read by the compiler only.
public final class ScriptContainerDriverProvider implements ContainerDriverProvider {

  /** Makes the provider; for {@link java.util.ServiceLoader}. */
  public ScriptContainerDriverProvider() {}

  @Override
  public String id() {
    return "script";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return ScriptKeys.ALL;
  }

  @Override
  public Availability availability(Config config) {
    List<String> templates = templates(config);
    Path directory = config.get(ScriptKeys.DIRECTORY);
    return templates.isEmpty()
        ? Availability.unusable(
            "there is no container script in " + directory + "; put one there or set script.dir")
        : Availability.usable("found " + String.join(", ", templates) + " in " + directory);
  }

  @Override
  public List<String> templates(Config config) {
    Path directory = config.get(ScriptKeys.DIRECTORY);
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public ContainerDriver create(Config config, Template template) {
    return ScriptContainerDriver.builder(template.name())
        .directory(config.get(ScriptKeys.DIRECTORY))
        .timeout(config.get(ScriptKeys.TIMEOUT))
        .build();
  }
}
