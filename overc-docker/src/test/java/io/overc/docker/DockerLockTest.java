package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.config.Config;
import io.overc.error.BusyException;
import io.overc.exec.CommandRunner;
import io.overc.internal.lock.HeldLock;
import io.overc.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
    try (HeldLock held = LockMain.lock(backend("docker"), "web")) {
      CompletableFuture.runAsync(
              () ->
                  assertThatThrownBy(() -> LockMain.lock(backend("docker"), "web"))
                      .isInstanceOf(BusyException.class)
                      .hasMessageContaining("pid " + ProcessHandle.current().pid()))
          .join();
      LockMain.lock(backend("docker"), "db").close();
      LockMain.lock(backend("podman"), "web").close();
      assertThat(
              CommandRunner.system()
                  .run(ChildJvm.of(LockMain.class, directory.toString(), "web").build())
                  .stdout())
          .contains("busy: ", "pid " + ProcessHandle.current().pid());
      assertThat(held).isNotNull();
    }
    LockMain.lock(backend("docker"), "web").close();
  }
}
