package io.overc.docker.container;

import io.overc.internal.file.IoErrors;
import io.overc.internal.lock.LockDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Names the lock files of what an engine keeps.
 *
 * @param chosen their directory; empty for the standard one
 * @param command the docker command, which tells engines apart, as does {@code DOCKER_HOST}
 */
public record EngineLocks(Optional<Path> chosen, List<String> command) {

  /** Returns the lock file of a container or an image, by its name. */
  public Path file(String kind, String name) {
    try {
      LockDirectory locks =
          chosen.isPresent() ? LockDirectory.at(chosen.get()) : LockDirectory.standard();
      String host = System.getenv().getOrDefault("DOCKER_HOST", "");
      String engine = kind.equals("container") ? "docker" : "docker " + kind + " " + name;
      return locks
          .lock(name, "the " + kind + " " + name, engine, String.join(" ", command), host)
          .path();
    } catch (IOException e) {
      throw IoErrors.failed("lock the " + kind + " " + name, e);
    }
  }
}
