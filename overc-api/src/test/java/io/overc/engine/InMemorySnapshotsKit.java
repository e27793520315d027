package io.overc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.Template;
import io.overc.container.WhenActive;
import io.overc.error.NotFoundException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.Readiness;
import io.overc.spi.SideEffects;
import io.overc.testkit.InMemoryBackend;
import io.overc.testkit.InMemoryMachine;
import io.overc.testkit.SnapshotStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the kit of snapshot stores on the snapshots of containers in memory. */
abstract class InMemorySnapshotsKit extends SnapshotStoreContract {
  private static final OperationOptions PLAIN = OperationOptions.defaults();
  private static final Readiness AT_ONCE =
      Readiness.builder().settle(Duration.ZERO).interval(Duration.ofMillis(1)).build();

  @TempDir Path locks;
  private final InMemoryMachine machine = new InMemoryMachine();
  private final InMemoryBackend.Style style;

  InMemorySnapshotsKit(InMemoryBackend.Style style) {
    this.style = style;
  }

  private ContainerDriver driver(SideEffects effects) {
    InMemoryBackend backend = new InMemoryBackend(machine, locks, style);
    return ManagedContainerDriver.builder(backend, Template.builder("memory", "memory").build())
        .readiness(AT_ONCE)
        .effects(effects)
        .build();
  }

  @Override
  protected SnapshotStore store() {
    return driver(SideEffects.direct()).snapshots();
  }

  @Override
  protected Optional<SnapshotStore> store(SideEffects effects) {
    return Optional.of(driver(effects).snapshots());
  }

  @Override
  protected void write(String subject, String text) {
    ContainerDriver driver = driver(SideEffects.direct());
    if (driver.status(subject) == ContainerStatus.ABSENT) {
      driver.activate(subject, WhenActive.REFUSE, PLAIN);
    }
    machine.write(subject, text);
  }

  @Override
  protected Optional<String> read(String subject) {
    return driver(SideEffects.direct()).status(subject) == ContainerStatus.ABSENT
        ? Optional.empty()
        : Optional.of(machine.read(subject));
  }

  @Override
  protected Optional<Path> lockFile(String subject) {
    return Optional.of(locks.resolve(subject));
  }

  @Test
  @DisplayName("what is to be done with a missing snapshot is an operation that failed")
  void missingIsReported() {
    write("web", "v1");
    SnapshotId missing = SnapshotId.of("web/000009");
    List<Event> events = new ArrayList<>();
    Throwable thrown =
        catchThrowable(() -> store().delete(missing, OperationOptions.of(events::add)));
    assertThat(thrown).isInstanceOf(NotFoundException.class).hasMessageContaining("web/000009");
    assertThat(events).hasSize(2);
    assertThat(events.get(1)).isInstanceOf(Event.Finished.class);
    assertThat(((Event.Finished) events.get(1)).failure()).containsSame(thrown);
  }

  @Test
  @DisplayName("where there is neither a container nor a snapshot, not even a lock is made")
  void nothingToDelete() {
    assertThat(store().deleteAll("never-there", PLAIN)).isZero();
    assertThat(locks.resolve("never-there")).doesNotExist();
  }
}
