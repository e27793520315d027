package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.docker.testkit.PrivateEngine;
import io.overc.docker.testkit.TestEngine;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.UnavailableException;
import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandTimeoutException;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.BuildResult;
import io.overc.servicepack.PackScript;
import io.overc.servicepack.ServicePackRunner;
import io.overc.testkit.Real;
import io.overc.testkit.SamplePack;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a build that goes wrong leaves nothing")
class FailuresIT {
  private final TestEngine engine = TestEngine.shared();
  private final Workbench bench = new Workbench(engine);

  @TempDir Path directory;

  @AfterEach
  void cleanUp() {
    bench.close();
  }

  @Test
  @DisplayName("when its script hangs")
  void hangs() {
    ServicePackRunner runner = bench.runner("docker.build-timeout", "2s");
    assertThatThrownBy(() -> build(runner, "echo waiting; sleep 1000"))
        .isInstanceOf(CommandTimeoutException.class)
        .hasMessageContaining("2000 ms")
        .hasMessageContaining("waiting");
    assertThat(bench.remains()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "kill -TERM 1; sleep 1000",
        "kill -9 $PPID; kill -9 -1; exit 5",
        "kill -9 $$",
        "exec /nonexistent",
        "exit 255"
      })
  @DisplayName("when its script ends itself or what it runs in")
  void endsItself(String script) {
    assertThatThrownBy(() -> build(bench.runner(), script))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("bin/build base");
    assertThat(bench.remains()).isEmpty();
  }

  @Test
  @DisplayName("when its script does not begin with an interpreter that is there")
  void noInterpreter() {
    SamplePack pack =
        SamplePack.in(directory.resolve("pack"), "busybox/1")
            .file("bin/build", "#!/usr/bin/perl6\n", "rwxr-xr-x");
    assertThatThrownBy(() -> build(bench.runner(), pack))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("bin/build");
    assertThat(bench.remains()).isEmpty();
  }

  @Test
  @DisplayName("when there is no room on the disk")
  void noRoom() {
    Real.root();
    try (PrivateEngine small = PrivateEngine.startSmall("24m")) {
      Workbench own = new Workbench(TestEngine.on(small));
      assertThatThrownBy(
              () -> build(own, "dd if=/dev/zero of=/big bs=1M count=100 || exit 6", own.runner()))
          .isInstanceOf(CommandFailedException.class)
          .hasMessageContaining("returned 6")
          .hasMessageContaining("No space left on device");
      assertThat(own.remains()).isEmpty();
      assertThat(build(own, "exit 0", own.runner()).cached()).isFalse();
    }
  }

  @Test
  @DisplayName("when the engine crashes in the middle: the next build removes what is left")
  void engineCrash() {
    Real.root();
    try (PrivateEngine fragile = PrivateEngine.start()) {
      Workbench own = new Workbench(TestEngine.on(fragile));
      ServicePackRunner runner = own.runner();
      Listener crash =
          event -> {
            if (event instanceof Event.Output output && output.line().equals("now")) {
              fragile.crash();
            }
          };
      SamplePack pack = pack("echo now; [ -e /service/quick ] || sleep 1000");
      assertThatThrownBy(
              () ->
                  runner.build(
                      runner.open(pack.directory()),
                      own.image("base"),
                      BuildPhase.BASE,
                      BuildOptions.defaults(),
                      OperationOptions.of(crash)))
          .isInstanceOf(OvercException.class);
      assertThatThrownBy(runner::list)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("dockerd");
      fragile.restart();
      pack.file("quick", "", "rw-r--r--");
      BuildResult result =
          runner.build(
              runner.open(pack.directory()),
              own.image("base"),
              BuildPhase.BASE,
              BuildOptions.defaults(),
              OperationOptions.defaults());
      assertThat(result.cached()).isFalse();
      assertThat(runner.recover()).isEmpty();
      assertThat(own.remains()).containsExactly("image " + own.image("base"));
    }
  }

  @Test
  @DisplayName("when the image of its system is not there and cannot be pulled")
  void noImage() {
    ServicePackRunner runner = bench.runner("docker.images", "busybox/1=localhost:9/absent:1");
    assertThatThrownBy(() -> build(runner, "exit 0"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("localhost:9/absent:1")
        .hasMessageContaining("docker import")
        .hasMessageContaining("docker.images");
    assertThat(bench.remains()).isEmpty();
  }

  @Test
  @DisplayName("when a container of somebody else has the name of one; a network does not matter")
  void foreignNames() {
    ServicePackRunner runner = bench.runner();
    SamplePack pack = pack("exit 0").answer("components", "aa", "bb");
    var opened = runner.open(pack.directory());
    BuildOptions plain = BuildOptions.defaults();
    runner.build(opened, bench.image("one"), BuildPhase.ALL, plain, OperationOptions.defaults());
    engine.must("create", "--name", bench.name("svc-bb"), engine.base(), "true");
    assertThatThrownBy(
            () -> runner.run(bench.image("one"), bench.name("svc"), OperationOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(bench.name("svc-bb"));
    engine.must("rm", bench.name("svc-bb"));
    engine.must("network", "create", bench.name("svc"));
    runner.run(bench.image("one"), bench.name("svc"), OperationOptions.defaults());
    runner.remove(bench.name("svc"), OperationOptions.defaults());
    assertThat(bench.remains())
        .containsExactlyInAnyOrder("network " + bench.name("svc"), "image " + bench.image("one"));
  }

  @Test
  @DisplayName("a secret whose variable the docker command reads itself is refused")
  void reservedSecret() {
    SamplePack pack = pack("exit 0").answer("secrets", "DOCKER_HOST");
    assertThatThrownBy(() -> build(bench.runner(), pack))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("DOCKER_HOST");
  }

  private SamplePack pack(String script) {
    return SamplePack.in(directory.resolve("pack"), "busybox/1").script(PackScript.BUILD, script);
  }

  private BuildResult build(ServicePackRunner runner, String script) {
    return build(runner, pack(script));
  }

  private BuildResult build(ServicePackRunner runner, SamplePack pack) {
    return build(bench, pack, runner);
  }

  private BuildResult build(Workbench own, String script, ServicePackRunner runner) {
    return build(own, pack(script), runner);
  }

  private static BuildResult build(Workbench own, SamplePack pack, ServicePackRunner runner) {
    return runner.build(
        runner.open(pack.directory()),
        own.image("base"),
        BuildPhase.BASE,
        BuildOptions.defaults(),
        OperationOptions.defaults());
  }
}
