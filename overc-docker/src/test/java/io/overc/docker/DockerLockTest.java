package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.config.Config;
import io.overc.error.BusyException;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerLockTest {
  @TempDir Path directory;

  private DockerBackend backend(String command) {
    Config config =
        Config.of(Map.of("docker.lock-directory", directory.toString(), "docker.command", command));
    return new DockerBackend(DockerSnapshotStore.builder().config(config));
  }

  @Test
  @DisplayName("after a second thread was refused, another process is refused too")
  void refusedThreadThenProcess() throws IOException {
    try (HeldLock held = backend("docker").lock("web")) {
      CompletableFuture.runAsync(
              () ->
                  assertThatThrownBy(() -> backend("docker").lock("web"))
                      .isInstanceOf(BusyException.class)
                      .hasMessageContaining("pid " + ProcessHandle.current().pid()))
          .join();
      backend("docker").lock("db").close();
      backend("podman").lock("web").close();
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(LockChild.ask(files.findFirst().orElseThrow()))
            .contains("pid " + ProcessHandle.current().pid());
      }
      assertThat(held).isNotNull();
    }
    backend("docker").lock("web").close();
  }
}
