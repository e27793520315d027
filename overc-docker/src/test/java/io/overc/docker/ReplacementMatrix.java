package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.Template;
import io.overc.container.WhenActive;
import io.overc.docker.engine.TestEngine;
import io.overc.error.OvercException;
import io.overc.event.Listener;
import io.overc.exec.CommandRunner;
import io.overc.spi.Mutations;
import io.overc.testkit.FaultInjector;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Interrupts an activation at each of its steps, in such a way that nothing more is done (as if the
 * process were gone), and looks at what the next verb makes of it.
 */
final class ReplacementMatrix {
  private final TestEngine engine;
  private final Config config;
  private final Template template;
  private int cases;

  ReplacementMatrix(TestEngine engine, Config config, Template template) {
    this.engine = engine;
    this.config = config;
    this.template = template;
  }

  int cases() {
    return cases;
  }

  void run(
      String name,
      boolean active,
      BiConsumer<String, String> write,
      Function<String, String> read) {
    FaultInjector record = FaultInjector.recording();
    prepare(name, active, write);
    driver(record).activate(name, WhenActive.STOP, Listener.none());
    List<String> points = record.points();
    assertThat(points).contains("before rename container", "after remove container");
    for (int point = 0; point < points.size(); point++) {
      prepare(name, active, write);
      try {
        driver(new Gone(point)).activate(name, WhenActive.STOP, Listener.none());
      } catch (OvercException e) {
        assertThat(e).as(points.get(point)).isNotNull();
      }
      check(name, active, points.get(point), read);
      cases++;
    }
  }

  private void check(String name, boolean active, String point, Function<String, String> read) {
    ContainerDriver driver = driver(Mutations.direct());
    driver.snapshot(name, Listener.none());
    boolean fresh = read.apply(name).isEmpty();
    ContainerStatus status = driver.status(name);
    assertThat(status)
        .as(
            "%s of an %s container, %s",
            point, active ? "active" : "inactive", fresh ? "new" : "old")
        .isEqualTo(active || fresh ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE);
    assertThat(engine.must("ps", "--all", "--format", "{{.Names}}").lines())
        .as(point)
        .noneMatch(other -> other.startsWith(name + "."));
    driver.deleteSnapshots(name, Listener.none());
  }

  private void prepare(String name, boolean active, BiConsumer<String, String> write) {
    ContainerDriver driver = driver(Mutations.direct());
    if (driver.status(name) == ContainerStatus.ABSENT) {
      driver.activate(name, WhenActive.STOP, Listener.none());
    }
    write.accept(name, "old");
    if (active) {
      driver.start(name, Listener.none());
    } else {
      driver.stop(name, Listener.none());
    }
  }

  private ContainerDriver driver(Mutations mutations) {
    return DockerContainerDriver.of(config, template, CommandRunner.system(), mutations);
  }

  /** From one point on, nothing is changed any more. */
  private static final class Gone implements Mutations {
    private final int at;
    private int passed;

    Gone(int at) {
      this.at = at;
    }

    @Override
    public <E extends Exception> void run(String name, Action<E> action) throws E {
      pass("before " + name);
      action.run();
      pass("after " + name);
    }

    private void pass(String point) {
      if (passed++ >= at) {
        throw new OvercException("gone " + point);
      }
    }
  }
}
