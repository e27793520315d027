package io.overc.docker.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers;
import io.overc.spi.Place;
import io.overc.spi.SideEffects;
import io.overc.testkit.ScriptedCommandRunner;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what an operation has seen of a container counts until it changes it")
class LooksTest {
  private final ScriptedCommandRunner engine = new ScriptedCommandRunner();
  private final EngineContainers containers =
      new EngineContainers(
          new Docker(engine, SideEffects.direct(), List.of("docker"), Duration.ofSeconds(1)),
          Duration.ZERO);
  private final Looks looks = new Looks(containers);

  private void thereAre(int restarts, String... names) {
    engine.answer(
        "docker container inspect .*",
        Stream.of(names)
            .map(
                name ->
                    ("{\"Id\":\"id-of-container-%s\",\"Name\":\"/%s\",\"RestartCount\":%d,"
                            + "\"Config\":{\"Labels\":{\"io.overc.intent\":\"x\","
                            + "\"io.overc.replaces\":\"id-of-container-web.overc-old\"}}}")
                        .formatted(name, name, restarts))
            .collect(Collectors.joining(",", "[", "]")));
  }

  private int calls() {
    return engine.commands().size();
  }

  @Test
  @DisplayName("by this operation, at the place that is about to change")
  void counts() {
    thereAre(0, "web", "web.overc-old");
    looks.begin("web");
    looks.find("web");
    looks.require("web", Place.CURRENT);
    looks.changing("web", Place.OLD);
    looks.require("web", Place.CURRENT);
    assertThat(calls()).isEqualTo(1);
    looks.require("web", Place.OLD);
    looks.changing("web", Place.CURRENT);
    looks.require("web", Place.CURRENT);
    assertThat(calls()).isEqualTo(3);
  }

  @Test
  @DisplayName("but not what was seen in another thread, or before the operation")
  void others() throws InterruptedException {
    thereAre(0, "web");
    looks.find("web");
    looks.begin("web");
    Thread status = new Thread(() -> looks.find("web"));
    status.start();
    status.join();
    looks.require("web", Place.CURRENT);
    assertThat(calls()).isEqualTo(3);
  }

  @Test
  @DisplayName("so that its restarts are told from those before; one that has replaced had none")
  void restarts() {
    thereAre(3, "web");
    looks.begin("web");
    looks.find("web");
    EngineContainer now = containers.require("web");
    assertThat(looks.restartsBefore("web", now)).isEqualTo(3);
    thereAre(4, "web");
    looks.find("web");
    assertThat(looks.restartsBefore("web", now)).isEqualTo(3);
    thereAre(3, "web", "web.overc-old");
    looks.begin("web");
    looks.find("web");
    assertThat(looks.restartsBefore("web", now)).isZero();
    looks.begin("web");
    assertThat(looks.restartsBefore("web", now)).as("made by this operation").isZero();
  }

  @Test
  @DisplayName("so that containers of intents are looked for only where there may be one")
  void intents() {
    thereAre(0, "web");
    looks.begin("web");
    looks.find("web");
    assertThat(looks.marked("web")).isFalse();
    assertThat(looks.mark("web")).isFalse();
    assertThat(looks.marked("web")).isTrue();
    assertThat(looks.mark("web")).isTrue();
    thereAre(0, "web", "web.overc-intent");
    looks.begin("web");
    looks.find("web");
    assertThat(looks.marked("web")).isTrue();
  }
}
