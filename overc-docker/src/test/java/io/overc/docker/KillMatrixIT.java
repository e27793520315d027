package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.docker.testkit.TestEngine;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServicePackRunner;
import io.overc.servicepack.ServiceState;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.FaultInjector.Fault;
import io.overc.testkit.KillMatrix;
import io.overc.testkit.SamplePack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("whatever is killed or fails at any step, the next call works and nothing is left")
class KillMatrixIT {
  /** Nothing here ends by itself. */
  private static final String SETTLE = "100ms";

  private final TestEngine engine = TestEngine.shared();
  private final Workbench bench = new Workbench(engine);
  private final ServicePackRunner runner = bench.runner("docker.settle", SETTLE);
  private final BuildOptions plain = BuildOptions.defaults();
  private final Path directory;
  private final ServicePack pack;

  KillMatrixIT(@TempDir Path directory) {
    this.directory = directory;
    this.pack =
        runner.open(
            SamplePack.in(directory.resolve("pack"), "busybox/1")
                .answer("secrets", "HIDDEN")
                .answer("components", "back", "front")
                .directory());
  }

  @AfterEach
  void cleanUp() {
    bench.close();
  }

  @Test
  @DisplayName("build")
  void build() throws IOException {
    FaultInjector record = FaultInjector.recording();
    build(with(record), bench.image("base"));
    // A base built anew replaces one: that is the longer way.
    FaultInjector again = FaultInjector.recording();
    with(again)
        .build(
            pack,
            bench.image("base"),
            BuildPhase.BASE,
            plain.toBuilder().force(true).build(),
            OperationOptions.defaults());
    assertThat(again.points()).contains("after remove replaced image");
    engine.must("rmi", bench.image("base").toString());
    int cases = 0;
    for (int point = 0; point < record.points().size(); point++) {
      for (Fault fault : KillMatrix.faults(point, 0)) {
        String at = fault + " " + record.points().get(point);
        fail(fault, point, "build");
        build(runner, bench.image("base"));
        runner.list();
        runner.recover();
        assertThat(bench.remains()).as(at).containsExactly("image " + bench.image("base"));
        engine.must("rmi", bench.image("base").toString());
        cases++;
      }
    }
    System.out.println("Kill matrix of build: " + cases + " cases");
  }

  @Test
  @DisplayName("setup")
  void setup() throws IOException {
    build(runner, bench.image("base"));
    FaultInjector record = FaultInjector.recording();
    setup(with(record));
    engine.must("rmi", bench.image("instance").toString());
    int cases = 0;
    for (int point = 0; point < record.points().size(); point++) {
      for (Fault fault : KillMatrix.faults(point, 0)) {
        String at = fault + " " + record.points().get(point);
        fail(fault, point, "setup");
        boolean made =
            engine.docker("image", "inspect", bench.image("instance").toString()).succeeded();
        assertThat(made).as(at).isEqualTo(point > record.points().indexOf("before commit image"));
        if (made) {
          engine.must("rmi", bench.image("instance").toString());
        }
        setup(runner);
        runner.list();
        runner.recover();
        assertThat(bench.remains())
            .as(at)
            .containsExactlyInAnyOrder(
                "image " + bench.image("base"), "image " + bench.image("instance"));
        engine.must("rmi", bench.image("instance").toString());
        cases++;
      }
    }
    System.out.println("Kill matrix of setup: " + cases + " cases");
  }

  @Test
  @DisplayName("run")
  void run() throws IOException {
    runner.build(pack, bench.image("instance"), BuildPhase.ALL, plain, OperationOptions.defaults());
    FaultInjector record = FaultInjector.recording();
    with(record).run(bench.image("instance"), bench.name("svc"), OperationOptions.defaults());
    runner.remove(bench.name("svc"), OperationOptions.defaults());
    int cases = 0;
    for (int point = 0; point < record.points().size(); point++) {
      for (Fault fault : KillMatrix.faults(point, 0)) {
        String at = fault + " " + record.points().get(point);
        fail(fault, point, "run");
        if (fault == Fault.ERROR) {
          assertThat(bench.remains()).as(at).containsExactly("image " + bench.image("instance"));
        }
        boolean made = record.points().size() - 1 == point && fault == Fault.KILL;
        if (!made) {
          assertThat(
                  runner
                      .run(bench.image("instance"), bench.name("svc"), OperationOptions.defaults())
                      .state())
              .as(at)
              .isEqualTo(ServiceState.RUNNING);
        }
        assertThat(runner.recover()).as(at).isEmpty();
        runner.remove(bench.name("svc"), OperationOptions.defaults());
        assertThat(bench.remains()).as(at).containsExactly("image " + bench.image("instance"));
        cases++;
      }
    }
    System.out.println("Kill matrix of run: " + cases + " cases");
  }

  private void build(ServicePackRunner by, ImageTag image) {
    by.build(pack, image, BuildPhase.BASE, plain, OperationOptions.defaults());
  }

  private void setup(ServicePackRunner by) {
    by.setup(
        pack, bench.image("base"), bench.image("instance"), plain, OperationOptions.defaults());
  }

  private ServicePackRunner with(FaultInjector faults) {
    return DockerServicePackRunner.builder()
        .config(engine.config("docker.settle", SETTLE))
        .effects(faults)
        .build();
  }

  private void fail(Fault fault, int point, String operation) throws IOException {
    if (fault == Fault.KILL) {
      Map<String, String> values = engine.values();
      values.put("docker.settle", SETTLE);
      Path configFile = Workbench.configFile(values, directory);
      CommandResult child =
          CommandRunner.system()
              .run(
                  ChildJvm.of(
                          SetupMain.class,
                          operation,
                          configFile.toString(),
                          pack.directory().toString(),
                          bench.image("base").toString(),
                          bench.image("instance").toString(),
                          bench.name("svc"),
                          String.valueOf(point))
                      .build());
      assertThat(child.exitCode()).as(child.toString()).isEqualTo(ChildJvm.KILLED);
      return;
    }
    ServicePackRunner failing = with(FaultInjector.at(fault, point));
    try {
      switch (operation) {
        case "build" -> build(failing, bench.image("base"));
        case "setup" -> setup(failing);
        default ->
            failing.run(bench.image("instance"), bench.name("svc"), OperationOptions.defaults());
      }
    } catch (FaultInjector.InjectedException e) {
      assertThat(e).hasMessageContaining("Injected");
    }
  }
}
