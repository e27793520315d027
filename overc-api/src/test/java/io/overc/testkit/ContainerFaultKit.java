package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overc.container.ContainerDriver;
import io.overc.container.ContainerFeature;
import io.overc.container.ContainerStatus;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.BusyException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.testkit.ContainerTrial.Act;
import io.overc.testkit.FaultInjector.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds what {@link ContainerDriver} promises when operations are killed, cancelled or meet. */
abstract class ContainerFaultKit extends ContainerSnapshotKit {

  @TestFactory
  @DisplayName(
      "killed anywhere, a container is the old or the new one, and the next operation works")
  Stream<DynamicTest> killed() throws Exception {
    return matrix(null, List.of(Act.values()), Fault.DIE);
  }

  @TestFactory
  @DisplayName("where a step fails, the container is as it was, or as it was to be")
  Stream<DynamicTest> failing() throws Exception {
    return matrix(null, List.of(Act.values()), Fault.ERROR);
  }

  @TestFactory
  @DisplayName("interrupted anywhere, the container is as it was, and the flag is kept")
  Stream<DynamicTest> interrupted() throws Exception {
    List<Act> acts = Stream.of(Act.values()).filter(act -> !act.broken()).toList();
    return matrix(null, acts, Fault.INTERRUPT);
  }

  @TestFactory
  @DisplayName("past its deadline, an operation ends and the container is as it was")
  Stream<DynamicTest> late() throws Exception {
    return possible(Act.ACTIVATE)
        ? matrix(enough(), List.of(Act.ACTIVATE), Fault.DELAY)
        : Stream.empty();
  }

  /** Measures how much time an activation needs here, and adds some. */
  private Duration enough() {
    String name = activated();
    long began = System.nanoTime();
    driver().activate(name, WhenActive.STOP, NONE);
    return Duration.ofNanos(System.nanoTime() - began).multipliedBy(2).plusMillis(20);
  }

  private Stream<DynamicTest> matrix(@Nullable Duration deadline, List<Act> acts, Fault fault)
      throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (Act act : acts) {
      if (possible(act)) {
        KillMatrix.cases(
                act.name(), () -> new ContainerTrial(this, act, deadline), this::chosen, fault)
            .forEach(tests::add);
      }
    }
    return tests.stream();
  }

  private boolean possible(Act act) {
    ContainerDriver driver = driver();
    return driver(FaultInjector.recording()).isPresent()
        && driver.features().contains(ContainerFeature.SNAPSHOT)
        && (!act.packages() || offerPackages(act.broken()))
        && (act != Act.ACTIVATE_BROKEN || withBrokenImage(() -> {}));
  }

  @Test
  @DisplayName("while one operation works on a container, others are refused and nothing changes")
  void busy() throws InterruptedException {
    String name = activated();
    write(name, "mine");
    FaultInjector recording = FaultInjector.recording();
    Optional<ContainerDriver> first = driver(recording);
    assumeTrue(first.isPresent(), "the driver has no fault-injection point");
    first.get().stop(name, NONE);
    first.get().start(name, NONE);
    int at = recording.points().lastIndexOf("before start");
    FaultInjector hang =
        FaultInjector.at(
            Fault.HANG, Math.max(0, at - recording.points().lastIndexOf("after stop")));
    driver().stop(name, NONE);
    ContainerDriver slow = driver(hang).orElseThrow();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                slow.start(name, NONE);
              } catch (OvercException e) {
                thrown.set(e);
              }
            });
    thread.start();
    assertThat(hang.awaitReached()).isTrue();
    try {
      refusedAsBusy(name);
    } finally {
      thread.interrupt();
      thread.join();
    }
    assertThat(thrown.get()).isInstanceOf(InterruptedOperationException.class);
    assertThat(driver().status(name)).isEqualTo(ContainerStatus.INACTIVE);
    assertThat(read(name)).isEqualTo("mine");
    driver().start(name, NONE);
  }

  @Test
  @DisplayName("while another process works on a container, operations are refused")
  void busyElsewhere() throws Exception {
    String name = activated();
    write(name, "mine");
    Optional<AutoCloseable> other = holdElsewhere(name);
    assumeTrue(other.isPresent(), "no way to hold the lock from another process");
    try (AutoCloseable held = other.get()) {
      assertThat(held).isNotNull();
      refusedAsBusy(name);
      assertThat(driver().status(name)).isEqualTo(ContainerStatus.ACTIVE);
    }
    assertThat(read(name)).isEqualTo("mine");
    driver().stop(name, NONE);
  }

  private void refusedAsBusy(String name) {
    ContainerDriver driver = driver();
    assertThatThrownBy(() -> driver.activate(name, WhenActive.STOP, NONE))
        .isInstanceOf(BusyException.class)
        .hasMessageContaining(name);
    assertThatThrownBy(() -> driver.start(name, NONE)).isInstanceOf(BusyException.class);
    assertThatThrownBy(() -> driver.stop(name, NONE)).isInstanceOf(BusyException.class);
    assertThatThrownBy(() -> driver.delete(name, WhenActive.STOP, NONE))
        .isInstanceOf(BusyException.class);
    assertThatThrownBy(() -> driver.upgrade(name, UpgradeSource.IMAGE, NONE))
        .isInstanceOf(BusyException.class);
    if (driver.features().contains(ContainerFeature.SNAPSHOT)) {
      assertThatThrownBy(() -> driver.rollback(name, NONE)).isInstanceOf(BusyException.class);
      assertThatThrownBy(() -> driver.snapshots().create(name, safest(driver), NONE))
          .isInstanceOf(BusyException.class);
      assertThatThrownBy(() -> driver.snapshots().deleteAll(name, NONE))
          .isInstanceOf(BusyException.class);
    }
    assertThat(driver.status(name)).isNotEqualTo(ContainerStatus.ABSENT);
    assertThat(driver.list()).extracting(c -> c.name()).contains(name);
  }

  @Test
  @DisplayName("without its lock nothing is changed: what is no lock file is not taken for one")
  void lockThatIsNone() throws IOException {
    String name = activated();
    Optional<Path> lock = lockFile(name);
    assumeTrue(lock.isPresent(), "the locks of the driver are no files");
    write(name, "mine");
    Files.deleteIfExists(lock.get());
    Files.createDirectories(lock.get());
    assertThatThrownBy(() -> driver().activate(name, WhenActive.STOP, NONE))
        .isInstanceOf(OvercException.class)
        .isNotInstanceOf(BusyException.class);
    assertThatThrownBy(() -> driver().stop(name, NONE)).isInstanceOf(OvercException.class);
    assertThat(driver().status(name)).isEqualTo(ContainerStatus.ACTIVE);
    Files.delete(lock.get());
    driver().stop(name, NONE);
    assertThat(read(name)).isEqualTo("mine");
  }
}
