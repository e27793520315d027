package io.overc.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.spi.SideEffects;
import io.overc.testkit.ScriptedCommandRunner;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what engines refuse that others do")
class EngineContainersTest {
  /** As podman 4.3 prints it. */
  private static final String PAUSED =
      "Error: container d673 is running or paused, refusing to clean up: container state improper";

  @Test
  @DisplayName("podman stops no container that is paused: it is thawed first")
  void stopsPaused() {
    ScriptedCommandRunner podman = new ScriptedCommandRunner();
    podman.fail("podman stop .*", 125, PAUSED);
    podman.answer(
        "podman unpause web",
        command -> {
          podman.answer("podman stop .*", "web");
          return ScriptedCommandRunner.result(command, 0, "web", "");
        });
    new EngineContainers(
            new Docker(podman, SideEffects.direct(), List.of("podman"), Duration.ofSeconds(1)),
            Duration.ofSeconds(5))
        .stop("web");
    assertThat(podman.lines())
        .containsExactly(
            "podman stop --time 5 web", "podman unpause web", "podman stop --time 5 web");
  }
}
