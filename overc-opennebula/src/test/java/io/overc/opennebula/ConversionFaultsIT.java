package io.overc.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.overc.error.OvercException;
import io.overc.event.Listener;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.image.ImageEvent;
import io.overc.opennebula.disk.Ova;
import io.overc.spi.SideEffects;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.Real;
import io.overc.testkit.ScriptedCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionFaultsIT {
  private static final int KILLED = 128 + 9;

  @TempDir private Path directory;

  private Site site(String name) {
    return new Site(directory.resolve(name)).set("opennebula.convert", "qcow2");
  }

  private static ImageEvent event(Site site) {
    Path file = site.cache().resolve(Site.ID);
    CommandRunner.system()
        .run(Command.of("qemu-img", "create", "-f", "qcow2", file.toString(), "1M").build())
        .orThrow("make an image");
    return site.event(Site.ID, file);
  }

  @Test
  @DisplayName("an error or a kill at any point of a conversion leaves nothing once it is retried")
  void everyPoint() {
    Real.tools("qemu-img");
    FaultInjector recording = FaultInjector.recording();
    try (Site site = site("points")) {
      site.builder().effects(recording).build().handle(event(site), OperationOptions.defaults());
    }
    assertThat(recording.points()).contains("after convert disk", "after remove staging directory");
    int points = recording.points().size();
    for (int at = 0; at < points; at++) {
      String when = recording.points().get(at);
      try (Site site = site("error-" + at)) {
        ImageEvent event = event(site);
        FaultInjector fault = FaultInjector.at(FaultInjector.Fault.ERROR, at);
        assertThatThrownBy(
                () ->
                    site.builder()
                        .effects(fault)
                        .build()
                        .handle(event, OperationOptions.defaults()))
            .as(when)
            .isInstanceOf(OvercException.class);
        site.handle(event);
        Scenario.FIRST.assertDone(site, "an error " + when);
      }
      try (Site site = site("kill-" + at)) {
        ImageEvent event = event(site);
        Path child = directory.resolve("child-" + at);
        assertThat(HandlerProcess.run(site, event, at, child)).as(when).isEqualTo(KILLED);
        site.handle(event);
        Scenario.FIRST.assertDone(site, "kill -9 " + when);
      }
    }
    System.out.println("Failure matrix, conversion: " + 2 * points + " cases");
  }

  @ParameterizedTest
  @EnumSource(CancellationTest.How.class)
  @DisplayName("cancelled while qemu-img converts: it is ended, nothing is left, a retry works")
  void cancelledConversion(CancellationTest.How how) {
    Real.tools("qemu-img");
    Thread worker = Thread.currentThread();
    CommandRunner hanging =
        new ScriptedCommandRunner()
            .answer(
                ".*",
                command ->
                    command.arguments().contains("convert")
                        ? hang(command, how, worker)
                        : CommandRunner.system().run(command));
    try (Site site = site("hanging-" + how)) {
      ImageEvent event = event(site);
      how.assertCancelled(
          catchThrowable(
              () ->
                  site.builder()
                      .runner(hanging)
                      .build()
                      .handle(event, how.options(Listener.none()))),
          "conversion");
      site.assertNothingStaged();
      site.handle(event);
      Scenario.FIRST.assertDone(site, "cancelled conversion");
    }
  }

  /** Interrupts the worker once the tool has printed something, and so runs. */
  private static CommandResult hang(Command command, CancellationTest.How how, Thread worker) {
    Command slow =
        Command.of("sh", "-c", "echo begun; sleep 600")
            .timeout(command.timeout())
            .lines(
                line -> {
                  if (how == CancellationTest.How.INTERRUPT) {
                    worker.interrupt();
                  }
                })
            .build();
    return CommandRunner.system().run(slow);
  }

  @ParameterizedTest
  @EnumSource(CancellationTest.How.class)
  @DisplayName("cancelled while the disk of an OVA is unpacked: nothing is left, a retry works")
  void cancelledExtraction(CancellationTest.How how) throws IOException {
    Real.tools("qemu-img");
    Thread worker = Thread.currentThread();
    SideEffects cancelling =
        new SideEffects() {
          @Override
          public <E extends Exception> void run(String name, Action<E> action) throws E {
            if (name.equals("extract disk") && how == CancellationTest.How.INTERRUPT) {
              worker.interrupt();
            } else if (name.equals("extract disk")) {
              sleep();
            }
            action.run();
          }
        };
    try (Site site = site("extraction-" + how)) {
      Path disk = event(site).file();
      byte[] content = Files.readAllBytes(disk);
      try (Ova ova = new Ova(disk)) {
        ova.description("disk1.qcow2").file("disk1.qcow2", content);
      }
      ImageEvent event = site.event(Site.ID, disk);
      how.assertCancelled(
          catchThrowable(
              () ->
                  site.builder()
                      .effects(cancelling)
                      .build()
                      .handle(event, how.options(Listener.none()))),
          "extraction");
      site.assertNothingStaged();
      site.handle(event);
      Scenario.FIRST.assertDone(site, "cancelled extraction");
    }
  }

  /** Outlasts the deadline. */
  private static void sleep() {
    try {
      Thread.sleep(900);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
