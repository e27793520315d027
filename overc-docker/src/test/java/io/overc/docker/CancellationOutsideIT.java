package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
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
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName(
    "tools, package managers and the JVM: a container is as it was before they were cancelled")
class CancellationOutsideIT extends CancellationBench {
  @Test
  @DisplayName("while an image is pulled")
  void pull() throws IOException {
    // It accepts connections, and never answers.
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String absent = "localhost:" + silent.getLocalPort() + "/absent:1";
      ContainerDriver driver =
          DockerContainerDriver.builder()
              .config(config())
              .template(Template.builder("kit", "docker").image(absent).build())
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
    if (what.equals("snapshot")) {
      // So that the commit takes long enough to be met.
      engine.must("exec", name, "dd", "if=/dev/zero", "of=/big", "bs=1M", "count=200");
    }
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
      assertThat(driver(SideEffects.direct()).snapshots().list(name)).isEmpty();
    }
  }
}
