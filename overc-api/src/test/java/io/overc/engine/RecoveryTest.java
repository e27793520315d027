package io.overc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.overc.container.Change;
import io.overc.container.Container;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.Template;
import io.overc.container.WhenActive;
import io.overc.error.NotFoundException;
import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.spi.Instance;
import io.overc.spi.Readiness;
import io.overc.spi.SideEffects;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.FaultInjector.Fault;
import io.overc.testkit.InMemoryBackend;
import io.overc.testkit.InMemoryMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What recovery decides by what is true now. */
class RecoveryTest {
  private static final OperationOptions NONE = OperationOptions.defaults();

  @TempDir Path locks;
  private InMemoryMachine machine = new InMemoryMachine();

  @BeforeEach
  void newMachine() {
    machine = new InMemoryMachine();
  }

  private ContainerDriver driver(InMemoryBackend.Style style, SideEffects effects) {
    InMemoryBackend backend = new InMemoryBackend(machine, locks, style);
    Readiness readiness = Readiness.builder().settle(Duration.ZERO).build();
    return ManagedContainerDriver.builder(backend, Template.builder("memory", "memory").build())
        .readiness(readiness)
        .effects(effects)
        .build();
  }

  /** Lets an activation of a container that holds "old" die at a point. */
  private ContainerDriver killed(InMemoryBackend.Style style, String point) {
    ContainerDriver driver = driver(style, SideEffects.direct());
    driver.activate("web", WhenActive.REFUSE, NONE);
    FaultInjector recording = FaultInjector.recording();
    driver(style, recording).activate("web", WhenActive.STOP, NONE);
    driver.snapshots().deleteAll("web", NONE);
    machine.write("web", "old");
    FaultInjector dying = FaultInjector.at(Fault.DIE, recording.points().indexOf(point));
    assertThatThrownBy(() -> driver(style, dying).activate("web", WhenActive.STOP, NONE))
        .isInstanceOf(FaultInjector.Death.class);
    return driver;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("what was interrupted is seen, and the container with it")
  void pendingIsSeen(InMemoryBackend.Style style) {
    ContainerDriver driver = killed(style, "after move CURRENT to OLD");
    assertThat(driver.status("web")).isEqualTo(ContainerStatus.INACTIVE);
    assertThat(driver.find("web").flatMap(Container::pending)).contains("container activate");
    assertThat(driver.list())
        .extracting(Container::name, one -> one.pending().isPresent())
        .containsExactly(tuple("web", true));
    assertThat(driver.start("web", NONE)).isEqualTo(Change.UNCHANGED);
    assertThat(machine.read("web")).isEqualTo("old");
    assertThat(driver.find("web").flatMap(Container::pending)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a new container that runs is kept, with what was written to it since")
  void runningIsKept(InMemoryBackend.Style style) {
    ContainerDriver driver = killed(style, "after start");
    machine.write("web", "precious");
    assertThat(driver.start("web", NONE)).isEqualTo(Change.UNCHANGED);
    assertThat(machine.read("web")).isEqualTo("precious");
    driver.rollback("web", NONE);
    assertThat(machine.read("web")).isEqualTo("old");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a new container that was stopped since is started, and kept if it is ready")
  void stoppedIsStarted(InMemoryBackend.Style style) {
    ContainerDriver driver = killed(style, "after start");
    machine.write("web", "precious");
    machine.set("web", Instance.State.STOPPED);
    assertThat(driver.start("web", NONE)).isEqualTo(Change.UNCHANGED);
    assertThat(machine.read("web")).isEqualTo("precious");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("what fails once the new container is ready is a warning, and is finished later")
  void failureAfterReady(InMemoryBackend.Style style) {
    driver(style, SideEffects.direct()).activate("web", WhenActive.REFUSE, NONE);
    FaultInjector recording = FaultInjector.recording();
    driver(style, recording).activate("web", WhenActive.STOP, NONE);
    int last = recording.points().indexOf("before remove OLD");
    ContainerDriver failing = driver(style, FaultInjector.at(Fault.ERROR, last));
    machine.write("web", "old");
    List<String> warnings = new ArrayList<>();
    Listener listener =
        event -> {
          if (event instanceof Event.Warned warning) {
            warnings.add(warning.message());
          }
        };
    failing.activate("web", WhenActive.STOP, OperationOptions.of(listener));
    assertThat(warnings).hasSize(1).allMatch(text -> text.startsWith("The new web is in place"));
    assertThat(machine.read("web")).isEmpty();
    assertThat(failing.find("web").flatMap(Container::pending)).isPresent();
    assertThat(failing.start("web", NONE)).isEqualTo(Change.UNCHANGED);
    assertThat(machine.read("web")).isEmpty();
    assertThat(failing.find("web").flatMap(Container::pending)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a new container that does not come up again becomes a snapshot, not the latest one")
  void brokenIsSetAside(InMemoryBackend.Style style) {
    ContainerDriver driver = killed(style, "after start");
    int before = driver.snapshots().list("web").size();
    machine.write("web", "precious");
    machine.set("web", Instance.State.STOPPED);
    machine.spoil("web");
    assertThat(driver.start("web", NONE)).isEqualTo(Change.UNCHANGED);
    assertThat(machine.read("web")).isEqualTo("old");
    List<Snapshot> all = driver.snapshots().list("web");
    assertThat(all).hasSize(before + 1);
    Snapshot kept = all.get(before);
    assertThat(kept.comment()).hasValueSatisfying(c -> assertThat(c).startsWith("set aside"));
    if (before == 0) {
      assertThatThrownBy(() -> driver.rollback("web", NONE)).isInstanceOf(NotFoundException.class);
    } else {
      assertThat(driver.rollback("web", NONE).snapshot()).contains(all.get(0).id());
    }
    driver.snapshots().restore(kept.id(), "other", NONE);
    assertThat(machine.read("other")).isEqualTo("precious");
  }
}
