package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.docker.testkit.TestEngine;
import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.event.OperationOptions;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.ComponentStatus;
import io.overc.servicepack.PackScript;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServicePackRunner;
import io.overc.servicepack.ServiceState;
import io.overc.spi.SideEffects;
import io.overc.testkit.SamplePack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("services and images are as they were before an operation that was cancelled")
class ServiceCancellationIT {
  private final TestEngine engine = TestEngine.shared();
  private final Workbench bench = new Workbench(engine);
  private final OperationOptions call = OperationOptions.defaults();
  private final String service = bench.name("svc");
  private final Path directory;
  private final ServicePack pack;

  ServiceCancellationIT(@TempDir Path directory) {
    this.directory = directory;
    this.pack =
        ServicePack.open(
            SamplePack.in(directory.resolve("pack"), "busybox/1")
                .answer("secrets", "HIDDEN")
                .answer("components", "back", "front")
                .script(PackScript.CLIENT, "sh -c 'sleep 1000; echo'")
                .script(PackScript.BACKUP, "echo half; sleep 1000")
                .directory());
    runner(SideEffects.direct())
        .build(pack, bench.image("base"), BuildPhase.BASE, BuildOptions.defaults(), call);
  }

  @AfterEach
  void cleanUp() {
    bench.close();
  }

  @Test
  @DisplayName("at any point of a setup or a run: nothing is left")
  void made() {
    List<String> before = bench.remains();
    Consumer<ServicePackRunner> setup =
        runner ->
            runner.setup(
                pack, bench.image("base"), bench.image("one"), BuildOptions.defaults(), call);
    int cases = 0;
    int steps = points(setup);
    for (int point = 0; point < steps; point++) {
      engine.docker("rmi", bench.image("one").toString());
      boolean cancelled = cancelled(setup, point);
      assertThat(bench.remains())
          .as("point " + point)
          .filteredOn(remain -> cancelled || !remain.endsWith("one:1"))
          .isEqualTo(before);
      cases++;
    }
    engine.docker("rmi", bench.image("one").toString());
    setup.accept(runner(SideEffects.direct()));
    List<String> ready = bench.remains();
    Consumer<ServicePackRunner> run = runner -> runner.run(bench.image("one"), service, call);
    steps = points(run);
    for (int point = 0; point < steps; point++) {
      if (bench.remains().size() > ready.size()) {
        runner(SideEffects.direct()).remove(service, call);
      }
      if (cancelled(run, point)) {
        assertThat(bench.remains()).as("point " + point).isEqualTo(ready);
      }
      cases++;
    }
    System.out.println("Interrupts of setup and run: " + cases + " cases");
  }

  @Test
  @DisplayName("at any point of a stop or a start: what ran runs, what did not does not")
  void running() {
    run();
    int cases = 0;
    Consumer<ServicePackRunner> stop = runner -> runner.stop(service, call);
    Consumer<ServicePackRunner> start = runner -> runner.start(service, call);
    for (Consumer<ServicePackRunner> operation : List.of(stop, start)) {
      boolean stops = operation == stop;
      for (int point = 0; point < 4; point++) {
        (stops ? start : stop).accept(runner(SideEffects.direct()));
        ServiceState before = state();
        if (cancelled(operation, point)) {
          assertThat(state()).as("point " + point).isEqualTo(before);
        }
        cases++;
      }
    }
    System.out.println("Interrupts of stop and start: " + cases + " cases");
  }

  @Test
  @DisplayName("at any point of a removal: it is whole or gone")
  void removal() {
    for (int point = 0; point < 8; point++) {
      if (bench.remains().stream().noneMatch(remain -> remain.startsWith("container "))) {
        run();
      }
      if (cancelled(runner -> runner.remove(service, call), point)) {
        assertThat(state()).as("point " + point).isEqualTo(ServiceState.RUNNING);
      } else {
        assertThat(bench.remains())
            .as("point " + point)
            .noneMatch(remain -> !remain.startsWith("image "));
      }
    }
  }

  @Test
  @DisplayName("a client and a backup end in the container too, and leave no file")
  void scripts() {
    run();
    ServicePackRunner runner = runner(SideEffects.direct());
    Thread worker = Thread.currentThread();
    Thread interrupt =
        new Thread(
            () -> {
              try {
                TimeUnit.SECONDS.sleep(1);
                worker.interrupt();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    interrupt.start();
    assertThatThrownBy(() -> runner.client(service, List.of()))
        .isInstanceOf(InterruptedOperationException.class);
    assertThat(Thread.interrupted()).isTrue();
    OperationOptions soon = OperationOptions.builder().deadline(Duration.ofSeconds(1)).build();
    Path file = directory.resolve("backup");
    assertThatThrownBy(() -> runner.backup(service, file, soon))
        .isInstanceOf(DeadlineExceededException.class);
    assertThat(directory).isDirectoryNotContaining("glob:**backup*");
    assertThat(engine.must("exec", service + "-back", "ps")).doesNotContain("sleep 1000; echo");
    assertThat(engine.must("exec", service + "-back", "ps")).doesNotContain("bin/backup");
  }

  private void run() {
    ServicePackRunner runner = runner(SideEffects.direct());
    if (!engine.docker("image", "inspect", bench.image("one").toString()).succeeded()) {
      runner.setup(pack, bench.image("base"), bench.image("one"), BuildOptions.defaults(), call);
    }
    runner.run(bench.image("one"), service, call);
    assertThat(runner.status(service).components()).allMatch(ComponentStatus::running);
  }

  private ServiceState state() {
    return runner(SideEffects.direct()).status(service).state();
  }

  private int points(Consumer<ServicePackRunner> operation) {
    Interruption none = Interruption.at(-1);
    operation.accept(runner(none));
    return none.points().size();
  }

  private boolean cancelled(Consumer<ServicePackRunner> operation, int point) {
    try {
      operation.accept(runner(Interruption.at(point)));
      return false;
    } catch (InterruptedOperationException e) {
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      return true;
    } finally {
      Thread.interrupted();
    }
  }

  private ServicePackRunner runner(SideEffects effects) {
    return DockerServicePackRunner.builder()
        .config(engine.config("docker.settle", "100ms", "docker.stop-timeout", "1s"))
        .effects(effects)
        .build();
  }
}
