package io.overc.docker;

import io.overc.config.Config;
import io.overc.error.ConfigException;
import io.overc.exec.CommandRunner;
import io.overc.spi.Availability;
import io.overc.spi.ToolVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells whether the docker command is there and where its engine listens. */
final class DockerAvailability {
  private static final Path SOCKET = Path.of("/var/run/docker.sock");

  private DockerAvailability() {}

  static Availability of(Config config) {
    List<String> command;
    try {
      command = config.get(DockerKeys.COMMAND);
    } catch (ConfigException e) {
      return Availability.unusable(String.valueOf(e.getMessage()));
    }
    if (command.isEmpty()) {
      return Availability.unusable("'docker.command' is empty: name the docker command");
    }
    Availability tool = Availability.ofTools(command.get(0));
    boolean docker = command.get(0).endsWith("docker") && command.size() == 1;
    if (!tool.usable() || !docker || System.getenv("DOCKER_HOST") != null) {
      return tool;
    }
    return Files.isWritable(SOCKET)
        ? Availability.usable("found docker, and its engine's socket " + SOCKET)
        : Availability.unusable(
            "no engine listens on "
                + SOCKET
                + ", or this user may not use it: start dockerd, join the group docker, or set"
                + " DOCKER_HOST");
  }

  static List<ToolVersion> tools(Config config) {
    List<String> command = config.get(DockerKeys.COMMAND);
    return List.of(ToolVersion.ask(CommandRunner.system(), command.get(0), "--version"));
  }
}
