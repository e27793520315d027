package io.overc.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.OvercException;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.image.ImageEvent;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.Real;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
