package io.overc.docker;

import io.overc.config.Config;
import io.overc.error.BusyException;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockFile;
import java.io.IOException;
import java.util.Map;

/**
 * Takes the lock of a container as another process: DIRECTORY (empty for the standard one)
 * CONTAINER.
 */
final class LockMain {
  private LockMain() {}

  public static void main(String[] arguments) throws IOException {
    Config config =
        arguments[0].isEmpty()
            ? Config.empty()
            : Config.of(Map.of("docker.lock-directory", arguments[0]));
    DockerBackend backend = new DockerBackend(DockerSnapshotStore.builder().config(config));
    try (HeldLock held = lock(backend, arguments[1])) {
      System.out.println("took " + held.waited());
    } catch (BusyException e) {
      System.out.println("busy: " + e.holder());
    }
  }

  static HeldLock lock(DockerBackend backend, String container) throws IOException {
    return LockFile.at(backend.locks().file("container", container), container).take("a test");
  }
}
