package io.overc.docker;

import io.overc.docker.engine.Labels;
import io.overc.docker.testkit.TestEngine;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServicePackRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Gives one test names of its own on an engine, and removes at the end whatever has such a name or
 * was made in between by this project.
 */
final class Workbench implements AutoCloseable {
  static final Path PACKS = Path.of("..", "examples", "servicepacks").toAbsolutePath().normalize();

  private final TestEngine engine;
  private final String prefix = "b" + UUID.randomUUID().toString().substring(0, 8);

  Workbench(TestEngine engine) {
    this.engine = engine;
  }

  String name(String suffix) {
    return prefix + "-" + suffix;
  }

  ImageTag image(String suffix) {
    return ImageTag.parse(prefix + "/" + suffix + ":1");
  }

  static ServicePack pack(String name) {
    return ServicePack.open(PACKS.resolve(name));
  }

  ServicePackRunner runner(String... config) {
    return DockerServicePackRunner.builder().config(engine.config(config)).build();
  }

  /** Writes the configuration of the engine for another process. */
  Path configFile(Path directory) throws IOException {
    return configFile(engine.values(), directory);
  }

  /** Writes a configuration for another process. */
  static Path configFile(Map<String, String> values, Path directory) throws IOException {
    StringBuilder lines = new StringBuilder();
    values.forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
    return Files.writeString(directory.resolve("overc.properties"), lines);
  }

  /** Returns what is there by names of this test, and what unfinished builds are there. */
  List<String> remains() {
    List<String> remains = new ArrayList<>(containers());
    engine
        .must("network", "ls", "--format", "{{.Name}}")
        .lines()
        .filter(name -> name.startsWith(prefix))
        .forEach(name -> remains.add("network " + name));
    engine
        .must("images", "--format", "{{.Repository}}:{{.Tag}}")
        .lines()
        .filter(name -> name.contains(prefix))
        .forEach(name -> remains.add("image " + name));
    engine
        .must("images", "--quiet", "--filter", "dangling=true", "--filter", "label=" + Labels.MARK)
        .lines()
        .filter(id -> !id.isBlank())
        .forEach(id -> remains.add("unnamed image " + id));
    return remains;
  }

  /** Returns those of {@link #remains} that are containers. */
  List<String> containers() {
    return engine
        .must("ps", "--all", "--format", "{{.Names}}")
        .lines()
        .filter(name -> name.startsWith(prefix) || name.startsWith("overc-work-"))
        .map(name -> "container " + name)
        .toList();
  }

  @Override
  public void close() {
    for (String remain : remains()) {
      int blank = remain.lastIndexOf(' ');
      String last = remain.substring(blank + 1);
      switch (remain.substring(0, blank)) {
        case "container" -> engine.docker("rm", "--force", "--volumes", last);
        case "network" -> engine.docker("network", "rm", last);
        default -> engine.docker("rmi", "--force", last);
      }
    }
  }
}
