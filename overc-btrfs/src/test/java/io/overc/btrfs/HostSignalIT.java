package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.LabPackage;
import io.overc.exec.CommandRunner;
import io.overc.exec.RunningCommand;
import io.overc.host.Phase;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import io.overc.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A JVM that is asked to end while the package manager works. */
class HostSignalIT extends HostFixture {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  HostSignalIT() {
    super(lab -> new SmartDistribution());
  }

  @ParameterizedTest(name = "SIG{0} to {1}")
  @CsvSource({"TERM,process", "INT,group", "TERM,group", "KILL,process"})
  @DisplayName("nothing it started is left, and the host boots as before")
  void asked(String signal, String to) throws Exception {
    String marker = "86" + ProcessHandle.current().pid();
    host().publish(LabPackage.demo("2").withPre("busybox sleep " + marker));
    Map<String, String> before = host().everything();
    try (RunningCommand child =
        CommandRunner.system()
            .start(
                ChildJvm.of(
                        UpgradeMain.class,
                        host().disk().root().toString(),
                        host().disk().boot().toString())
                    .wrappedIn(List.of("setsid"))
                    .build())) {
      await("the package manager to work", () -> isRunning(marker));
      String target = (to.equals("group") ? "-" : "") + child.pid();
      host().lab().run("signal", "kill", "-" + signal, "--", target);
      await("the end of the JVM", () -> !child.alive());
    }
    await("the end of the package manager", () -> !isRunning(marker));
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain("/run/overc");
    Phase phase = host().phase();
    if (signal.equals("KILL")) {
      assertThat(phase).isEqualTo(Phase.INTERRUPTED);
      host().upgrader().recover(io.overc.event.OperationOptions.defaults());
      phase = host().phase();
    }
    assertThat(phase).isEqualTo(Phase.CLEAN);
    assertThat(host().changesSince(before)).isEmpty();
    host().publish(LabPackage.demo("3"));
    assertThat(host().upgrade().upgraded()).isTrue();
  }

  private static void await(String what, BooleanSupplier condition) {
    assertThat(Poll.until(condition, Duration.ofMillis(20), Deadline.in(PATIENCE), what))
        .as("waited for " + what)
        .isTrue();
  }

  private static boolean isRunning(String argument) {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(path -> path.getFileName().toString().matches("\\d+"))
          .anyMatch(path -> arguments(path).contains("sleep\0" + argument));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String arguments(Path process) {
    try {
      return Files.readString(
          process.resolve("cmdline"), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // Ended meanwhile.
    }
  }
}
