package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.docker.testkit.TestEngine;
import io.overc.error.InterruptedOperationException;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A container that runs, for operations that are cancelled. */
abstract class CancellationBench {
  /** Ends when it is asked to, unless there is a file that forbids it. */
  private static final String PROGRAM =
      "trap 'exit' TERM; [ -e /stubborn ] && trap '' TERM; while :; do sleep 1 & wait; done";

  final TestEngine engine = TestEngine.shared();
  final Workbench bench = new Workbench(engine);
  final String name = bench.name("web");
  final String image = bench.image("web").toString();

  @TempDir Path directory;

  @BeforeEach
  void make() {
    engine.must("create", "--name", name, engine.base(), "true");
    engine.must("commit", "--change", "CMD [\"sh\", \"-c\", \"" + PROGRAM + "\"]", name, image);
    engine.must("rm", name);
    engine.must("create", "--name", name, "--network", "none", image);
    engine.must("start", name);
  }

  @AfterEach
  void cleanUp() {
    assertThat(Thread.interrupted()).as("an interrupt is left").isFalse();
    bench.close();
  }

  final boolean cancelled(Consumer<ContainerDriver> operation, ContainerDriver driver) {
    try {
      operation.accept(driver);
      return false;
    } catch (InterruptedOperationException e) {
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      return true;
    } finally {
      Thread.interrupted();
    }
  }

  final void restart() {
    if (!state().equals("running")) {
      engine.must("start", name);
    }
  }

  final String identity() {
    return engine.must("container", "inspect", "--format", "{{.Id}}", name);
  }

  final String state() {
    return engine.must("container", "inspect", "--format", "{{.State.Status}}", name);
  }

  final List<String> remains() {
    return bench.containers().stream()
        .filter(remain -> !remain.equals("container " + name))
        .toList();
  }

  final Map<String, String> settings() {
    return Map.of(
        "docker.snapshot-repository", bench.image("snapshots").repository(),
        "docker.settle", "100ms",
        "docker.stop-timeout", "1s");
  }

  final Config config(String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    settings().forEach((key, value) -> all.addAll(List.of(key, value)));
    return engine.config(all.toArray(String[]::new));
  }

  final Template template() {
    return Template.builder("kit", "docker").image(image).packageManager("apt").build();
  }

  final ContainerDriver driver(SideEffects effects) {
    return DockerContainerDriver.builder()
        .config(config())
        .template(template())
        .effects(effects)
        .build();
  }

  final ContainerDriver never(SideEffects effects) {
    return DockerContainerDriver.builder()
        .config(config("template.kit.docker-ready", "false"))
        .template(template())
        .effects(effects)
        .build();
  }
}
