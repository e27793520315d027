package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.Template;
import io.overc.container.WhenActive;
import io.overc.docker.testkit.TestEngine;
import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.spi.SideEffects;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.FaultInjector.Fault;
import io.overc.testkit.KillMatrix;
import io.overc.testkit.WholeSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Kills or fails an activation at each of its steps, and looks at what the next operation makes of
 * it.
 */
final class ReplacementMatrix {
  private final TestEngine engine;
  private final Config config;
  private final Template template;
  private final String name;
  private final boolean active;
  private int cases;

  ReplacementMatrix(
      TestEngine engine, Config config, Template template, String name, boolean active) {
    this.engine = engine;
    this.config = config;
    this.template = template;
    this.name = name;
    this.active = active;
  }

  int cases() {
    return cases;
  }

  void run(Path configFile, BiConsumer<String, String> write, Function<String, String> read) {
    FaultInjector record = FaultInjector.recording();
    prepare(write);
    driver(record).activate(name, WhenActive.STOP, OperationOptions.defaults());
    List<String> points = record.points();
    assertThat(points).contains("before rename container", "after remove container");
    for (int point = 0; point < points.size(); point++) {
      for (Fault fault : KillMatrix.faults(point, active ? 1 : 0)) {
        prepare(write);
        interrupt(fault, point, configFile);
        check(fault + " " + points.get(point), read);
        cases++;
      }
    }
  }

  private void interrupt(Fault fault, int point, Path configFile) {
    if (fault == Fault.ERROR) {
      ContainerDriver failing = driver(FaultInjector.at(fault, point));
      List<Event> events = new ArrayList<>();
      Throwable thrown =
          catchThrowable(
              () -> failing.activate(name, WhenActive.STOP, OperationOptions.of(events::add)));
      if (thrown == null) {
        // The new one is ready; that the old one could not be removed is a warning.
        assertThat(events).anyMatch(Event.Warned.class::isInstance);
      } else {
        assertThat(thrown).isInstanceOf(OvercException.class);
      }
      return;
    }
    CommandResult child =
        CommandRunner.system()
            .run(
                ChildJvm.of(
                        ActivateMain.class,
                        configFile.toString(),
                        template.image().orElseThrow(),
                        name,
                        String.valueOf(point))
                    .build());
    assertThat(child.exitCode()).as(child.toString()).isEqualTo(ChildJvm.KILLED);
  }

  private void check(String fault, Function<String, String> read) {
    ContainerDriver driver = driver(SideEffects.direct());
    WholeSnapshot.of(driver, name, OperationOptions.defaults());
    boolean fresh = read.apply(name).isEmpty();
    ContainerStatus status = driver.status(name);
    assertThat(status)
        .as(
            "%s of an %s container, %s",
            fault, active ? "active" : "inactive", fresh ? "new" : "old")
        .isEqualTo(active || fresh ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE);
    assertThat(engine.must("ps", "--all", "--format", "{{.Names}}").lines())
        .as(fault)
        .noneMatch(other -> other.startsWith(name + "."));
    driver.snapshots().deleteAll(name, OperationOptions.defaults());
  }

  private void prepare(BiConsumer<String, String> write) {
    ContainerDriver driver = driver(SideEffects.direct());
    if (driver.status(name) == ContainerStatus.ABSENT) {
      driver.activate(name, WhenActive.STOP, OperationOptions.defaults());
    }
    write.accept(name, "old");
    if (active) {
      driver.start(name, OperationOptions.defaults());
    } else {
      driver.stop(name, OperationOptions.defaults());
    }
  }

  private ContainerDriver driver(SideEffects effects) {
    return DockerContainerDriver.builder()
        .config(config)
        .template(template)
        .effects(effects)
        .build();
  }
}
