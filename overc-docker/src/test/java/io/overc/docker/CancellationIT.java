package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.docker.testkit.TestEngine;
import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.exec.RunningCommand;
import io.overc.servicepack.PackScript;
import io.overc.spi.SideEffects;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.SamplePack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a container is as it was before an operation that was cancelled")
class CancellationIT {
  /** Ends when it is asked to, unless there is a file that forbids it. */
  private static final String PROGRAM =
      "trap 'exit' TERM; [ -e /stubborn ] && trap '' TERM; while :; do sleep 1 & wait; done";

  private final TestEngine engine = TestEngine.shared();
  private final Workbench bench = new Workbench(engine);
  private final String name = bench.name("web");
  private final String image = bench.image("web").toString();

  @TempDir private Path directory;

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

  @Test
  @DisplayName("interrupted at any point of an activation, a snapshot, a stop or a rollback")
  void everywhere() {
    driver(SideEffects.direct()).snapshot(name, OperationOptions.defaults());
    int cases = 0;
    for (Consumer<ContainerDriver> operation :
        List.<Consumer<ContainerDriver>>of(
            driver -> driver.activate(name, WhenActive.STOP, OperationOptions.defaults()),
            driver -> driver.snapshot(name, OperationOptions.defaults()),
            driver -> driver.stop(name, OperationOptions.defaults()),
            driver -> driver.rollback(name, OperationOptions.defaults()))) {
      Interruption none = Interruption.at(-1);
      operation.accept(driver(none));
      for (int point = 0; point < none.points().size(); point++) {
        restart();
        String before = identity();
        int snapshots = driver(SideEffects.direct()).listSnapshots(name).size();
        String at = none.points().get(point);
        boolean cancelled = cancelled(operation, driver(Interruption.at(point)));
        assertThat(remains()).as(at).isEmpty();
        if (cancelled) {
          assertThat(identity()).as(at).isEqualTo(before);
          assertThat(state()).as(at).isEqualTo("running");
          assertThat(driver(SideEffects.direct()).listSnapshots(name).size() - snapshots)
              .as("%s: none but the one before an activation", at)
              .isBetween(0, 1);
        }
        cases++;
      }
    }
    System.out.println("Interrupts of operations on containers: " + cases + " cases");
  }

  @ParameterizedTest(name = "by a deadline: {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("while it is committed: it is thawed, and there is no snapshot")
  void commit(boolean deadline) {
    engine.must("exec", name, "dd", "if=/dev/zero", "of=/big", "bs=1M", "count=200");
    ContainerDriver driver =
        driver(deadline ? SideEffects.direct() : Interruption.during("commit snapshot", 100));
    OperationOptions call =
        deadline
            ? OperationOptions.builder().deadline(Duration.ofMillis(400)).build()
            : OperationOptions.defaults();
    assertThatThrownBy(() -> driver.snapshot(name, call))
        .isInstanceOf(
            deadline ? DeadlineExceededException.class : InterruptedOperationException.class);
    assertThat(Thread.interrupted()).isEqualTo(!deadline);
    assertThat(state()).isEqualTo("running");
    assertThat(driver.listSnapshots(name)).isEmpty();
  }

  @Test
  @DisplayName("while the command that commits is killed: it is thawed, and there is no snapshot")
  void commitKilled() {
    engine.must("exec", name, "dd", "if=/dev/zero", "of=/big", "bs=1M", "count=200");
    CommandRunner killing =
        new CommandRunner() {
          @Override
          public CommandResult run(Command command) {
            if (command.arguments().contains("commit")) {
              List<String> timed = new ArrayList<>(List.of("timeout", "-s", "INT", "0.2"));
              timed.addAll(command.arguments());
              return CommandRunner.system().run(Command.of(timed).build());
            }
            return CommandRunner.system().run(command);
          }

          @Override
          public RunningCommand start(Command command) {
            return CommandRunner.system().start(command);
          }

          @Override
          public int attach(Command command) {
            return CommandRunner.system().attach(command);
          }
        };
    ContainerDriver driver =
        DockerContainerDriver.builder()
            .config(config())
            .template(template())
            .commandRunner(killing)
            .build();
    assertThatThrownBy(() -> driver.snapshot(name, OperationOptions.defaults()))
        .hasMessageContaining("snapshot the container " + name);
    assertThat(state()).isEqualTo("running");
    assertThat(driver.listSnapshots(name)).isEmpty();
  }

  @Test
  @DisplayName("while it is stopped: it runs again")
  void stop() {
    engine.must("exec", name, "touch", "/stubborn");
    engine.must("restart", "--time", "0", name);
    assertThatThrownBy(
            () ->
                driver(Interruption.during("stop container", 500))
                    .stop(name, OperationOptions.defaults()))
        .isInstanceOf(InterruptedOperationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(state()).isEqualTo("running");
  }

  @Test
  @DisplayName("while it becomes ready: it is stopped again, an activation is undone")
  void ready() {
    engine.must("kill", name);
    ContainerDriver never = never(Interruption.during("start container", 1500));
    assertThatThrownBy(() -> never.start(name, OperationOptions.defaults()))
        .isInstanceOf(InterruptedOperationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(state()).isEqualTo("exited");

    engine.must("start", name);
    String before = identity();
    OperationOptions soon = OperationOptions.builder().deadline(Duration.ofSeconds(12)).build();
    assertThatThrownBy(() -> never(SideEffects.direct()).activate(name, WhenActive.STOP, soon))
        .isInstanceOf(DeadlineExceededException.class);
    assertThat(identity()).isEqualTo(before);
    assertThat(state()).isEqualTo("running");
    assertThat(remains()).isEmpty();
  }

  @Test
  @DisplayName("while an image is pulled")
  void pull() throws IOException {
    // It accepts connections, and never answers.
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String absent = "localhost:" + silent.getLocalPort() + "/absent:1";
      ContainerDriver driver =
          DockerContainerDriver.builder()
              .config(config())
              .template(
                  new Template(
                      "kit", "docker", Optional.of(absent), Optional.empty(), Optional.empty()))
              .effects(Interruption.during("pull image", 500))
              .build();
      assertThatThrownBy(() -> driver.activate(name, WhenActive.STOP, OperationOptions.defaults()))
          .isInstanceOf(InterruptedOperationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(state()).isEqualTo("running");
  }

  @Test
  @DisplayName("while its packages are upgraded: the package manager is ended too")
  void packages() throws IOException {
    Path script = directory.resolve("apt-get");
    Files.writeString(
        script,
        """
        #!/bin/sh
        case "$*" in
          *--simulate*) echo 'Inst hello [1] (2 Debian)' ;;
          *--assume-yes*) touch /half; sh -c 'sleep 1000; echo' ;;
        esac
        """);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    engine.must("cp", script.toString(), name + ":/bin/apt-get");
    assertThatThrownBy(
            () ->
                driver(Interruption.during("upgrade packages", 1000))
                    .upgrade(name, UpgradeSource.PACKAGES, OperationOptions.defaults()))
        .isInstanceOf(InterruptedOperationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(state()).isEqualTo("running");
    assertThat(engine.docker("exec", name, "test", "-e", "/half").succeeded()).isFalse();
    assertThat(remains()).isEmpty();

    Files.writeString(script, "#!/bin/sh\ntrap '' TERM\nsleep 1000 &\nwait\nwait\n");
    engine.must("cp", script.toString(), name + ":/bin/apt-get");
    String before = identity();
    OperationOptions soon = OperationOptions.builder().deadline(Duration.ofSeconds(2)).build();
    assertThatThrownBy(
            () -> driver(SideEffects.direct()).upgrade(name, UpgradeSource.PACKAGES, soon))
        .isInstanceOf(DeadlineExceededException.class);
    assertThat(identity()).isEqualTo(before);
    assertThat(engine.must("exec", name, "ps")).doesNotContain("sleep 1000", "apt-get");
  }

  @ParameterizedTest(name = "SIG{0} during {1}")
  @CsvSource({
    "TERM, commit snapshot, snapshot",
    "INT, commit snapshot, snapshot",
    "TERM, stop container, stop",
    "INT, start container, activate",
    "TERM, start container, activate",
    "INT, run build script, build",
    "TERM, run build script, build"
  })
  @DisplayName("by a signal to the JVM, which waits for that")
  void signals(String signal, String effect, String what) throws IOException {
    engine.must("exec", name, "dd", "if=/dev/zero", "of=/big", "bs=1M", "count=200");
    if (what.equals("stop")) {
      engine.must("exec", name, "touch", "/stubborn");
      engine.must("restart", "--time", "0", name);
    }
    String before = identity();
    Path pack =
        SamplePack.in(directory.resolve("pack"), "busybox/1")
            .script(PackScript.BUILD, "sleep 1000")
            .directory();
    Map<String, String> values = engine.values();
    values.putAll(settings());
    values.put("docker.settle", "3s");
    String first = what.equals("build") ? pack.toString() : name;
    CommandResult child =
        CommandRunner.system()
            .run(
                ChildJvm.of(
                        CancelMain.class,
                        signal,
                        Workbench.configFile(values, directory).toString(),
                        effect,
                        what,
                        first,
                        what.equals("build") ? bench.image("base").toString() : image)
                    .build());
    assertThat(child.exitCode()).as(child.toString()).isEqualTo(signal.equals("INT") ? 130 : 143);
    assertThat(child.stdout()).as(child.toString()).doesNotContain("not cancelled");
    assertThat(identity()).isEqualTo(before);
    assertThat(state()).isEqualTo("running");
    assertThat(bench.remains())
        .filteredOn(remain -> !remain.contains("snapshots:"))
        .containsExactlyInAnyOrder("container " + name, "image " + image);
    if (what.equals("snapshot")) {
      assertThat(driver(SideEffects.direct()).listSnapshots(name)).isEmpty();
    }
  }

  private boolean cancelled(Consumer<ContainerDriver> operation, ContainerDriver driver) {
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

  private void restart() {
    if (!state().equals("running")) {
      engine.must("start", name);
    }
  }

  private String identity() {
    return engine.must("container", "inspect", "--format", "{{.Id}}", name);
  }

  private String state() {
    return engine.must("container", "inspect", "--format", "{{.State.Status}}", name);
  }

  private List<String> remains() {
    return bench.remains().stream()
        .filter(remain -> remain.startsWith("container "))
        .filter(remain -> !remain.equals("container " + name))
        .toList();
  }

  private Map<String, String> settings() {
    return Map.of(
        "docker.snapshot-repository", bench.image("snapshots").repository(),
        "docker.settle", "100ms",
        "docker.stop-timeout", "1s");
  }

  private Config config(String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    settings().forEach((key, value) -> all.addAll(List.of(key, value)));
    return engine.config(all.toArray(String[]::new));
  }

  private Template template() {
    return new Template("kit", "docker", Optional.of(image), Optional.empty(), Optional.of("apt"));
  }

  private ContainerDriver driver(SideEffects effects) {
    return DockerContainerDriver.builder()
        .config(config())
        .template(template())
        .effects(effects)
        .build();
  }

  private ContainerDriver never(SideEffects effects) {
    return DockerContainerDriver.builder()
        .config(config("template.kit.docker-ready", "false"))
        .template(template())
        .effects(effects)
        .build();
  }
}
