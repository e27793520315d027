package io.overc.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.OvercException;
import io.overc.spi.SideEffects;
import io.overc.testkit.ScriptedCommandRunner;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("only an engine that clearly says so is believed that something is not there")
class DockerTest {
  private final ScriptedCommandRunner engine = new ScriptedCommandRunner();
  private final Docker docker =
      new Docker(engine, SideEffects.direct(), List.of("docker"), Duration.ofSeconds(5));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error: No such container: web",
        "Error response from daemon: No such container: web",
        "Error: inspecting object: no such container web",
        "Error: error inspecting object: no such container \"web\"",
        "Error: no container with name or ID \"web\" found: no such container",
        "Error: web: image not known",
        "Error: inspecting object: network web: unable to find network: network not found",
        "Error response from daemon: network web not found"
      })
  void absent(String answer) {
    engine.fail("docker .*", 1, answer);
    assertThat(docker.inspect("container", "web")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error: inspecting object: open /run/x/config.json: no such file or directory",
        "Error: layer not known",
        "Error: executable file not found in $PATH",
        "Error: no such container db\nError: inspecting web: no such file or directory",
        "",
      })
  void unknown(String answer) {
    engine.fail("docker .*", 125, answer);
    assertThatThrownBy(() -> docker.inspect("container", "web"))
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("examine the container web");
  }
}
