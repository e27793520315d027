package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.container.ActivationFailedException;
import io.overc.container.Change;
import io.overc.container.Container;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.spi.SideEffects;
import io.overc.testkit.FaultInjector.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One operation on a container, under a fault: the container is the old or the new one. */
final class ContainerTrial implements KillMatrix.Trial {
  private static final String OLD = "old";
  private static final String SNAPSHOT = "snapshot";
  private static final String NEW = "";

  /** What is cancelled before these steps is not done. */
  private static final List<String> BEFORE_ANY_RETURN =
      List.of(
          "before create new",
          "before restore new",
          "before commit snapshot",
          "before start",
          "before upgrade packages");

  /** What is tried, on which container, and what it makes of it. */
  enum Act {
    CREATE(null, null, NEW, true),
    ACTIVATE(OLD, true, NEW, true),
    ACTIVATE_INACTIVE(OLD, false, NEW, true),
    ACTIVATE_BROKEN(OLD, true, OLD, true),
    UPGRADE_IMAGE(OLD, true, NEW, true),
    START(OLD, false, OLD, true),
    STOP(OLD, true, OLD, false),
    ROLLBACK(OLD, true, SNAPSHOT, true),
    ROLLBACK_INACTIVE(OLD, false, SNAPSHOT, false),
    SNAPSHOT_CREATE(OLD, true, OLD, true),
    SNAPSHOT_DELETE(OLD, true, OLD, true),
    UPGRADE_PACKAGES(OLD, true, OLD, true),
    UPGRADE_PACKAGES_INACTIVE(OLD, false, OLD, false),
    UPGRADE_PACKAGES_FAILING(OLD, true, OLD, true),
    DELETE(OLD, true, null, null);

    private final @Nullable String before;
    private final @Nullable Boolean activeBefore;
    private final @Nullable String after;
    private final @Nullable Boolean activeAfter;

    Act(
        @Nullable String before,
        @Nullable Boolean activeBefore,
        @Nullable String after,
        @Nullable Boolean activeAfter) {
      this.before = before;
      this.activeBefore = activeBefore;
      this.after = after;
      this.activeAfter = activeAfter;
    }

    private State before() {
      return new State(status(activeBefore), before);
    }

    private State after() {
      return new State(status(activeAfter), after);
    }

    private static ContainerStatus status(@Nullable Boolean active) {
      return active == null
          ? ContainerStatus.ABSENT
          : active ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE;
    }

    boolean packages() {
      return name().startsWith("UPGRADE_PACKAGES");
    }

    boolean broken() {
      return this == ACTIVATE_BROKEN || this == UPGRADE_PACKAGES_FAILING;
    }

    /** Whether the old container would be lost if it were not a snapshot now. */
    private boolean replaces() {
      return NEW.equals(after) && before != null;
    }
  }

  private record State(ContainerStatus status, @Nullable String text) {}

  private final ContainerFaultKit kit;
  private final Act act;
  private final @Nullable Duration deadline;
  private OperationOptions call = ContainerKit.NONE;
  private final String name;
  private Optional<Snapshot> snapshot = Optional.empty();

  ContainerTrial(ContainerFaultKit kit, Act act, @Nullable Duration deadline) {
    this.kit = kit;
    this.act = act;
    this.deadline = deadline;
    this.name = kit.newName();
  }

  @Override
  public void prepare() {
    ContainerDriver driver = kit.driver();
    if (act.before().text == null) {
      return;
    }
    driver.activate(name, WhenActive.REFUSE, ContainerKit.NONE);
    kit.write(name, SNAPSHOT);
    snapshot = Optional.of(kit.snapshot(driver, name));
    kit.write(name, OLD);
    if (act.before().status == ContainerStatus.INACTIVE) {
      driver.stop(name, ContainerKit.NONE);
    }
    if (act.packages()) {
      kit.offerPackages(act.broken());
    }
  }

  @Override
  public Duration delay() {
    return deadline == null ? Duration.ZERO : deadline.plusMillis(1);
  }

  @Override
  public void run(SideEffects effects) {
    if (deadline != null && effects instanceof FaultInjector injector && injector.delays()) {
      call = OperationOptions.builder().deadline(deadline).build();
    }
    ContainerDriver driver = kit.driver(effects).orElseThrow();
    try {
      if (act == Act.ACTIVATE_BROKEN) {
        kit.withBrokenImage(() -> run(driver));
      } else {
        run(driver);
      }
      assertThat(act.broken()).as("what is broken has come up").isFalse();
    } catch (ActivationFailedException e) {
      if (!act.broken() || !e.wentBack()) {
        throw e;
      }
    }
  }

  private void run(ContainerDriver driver) {
    switch (act) {
      case CREATE -> driver.activate(name, WhenActive.REFUSE, call);
      case ACTIVATE, ACTIVATE_INACTIVE, ACTIVATE_BROKEN ->
          driver.activate(name, WhenActive.STOP, call);
      case UPGRADE_IMAGE -> driver.upgrade(name, UpgradeSource.IMAGE, call);
      case START -> driver.start(name, call);
      case STOP -> driver.stop(name, call);
      case ROLLBACK, ROLLBACK_INACTIVE ->
          driver.rollback(name, snapshot.orElseThrow().id().text(), call);
      case SNAPSHOT_CREATE -> driver.snapshots().create(name, ContainerKit.safest(driver), call);
      case SNAPSHOT_DELETE -> driver.snapshots().delete(snapshot.orElseThrow().id(), call);
      case UPGRADE_PACKAGES, UPGRADE_PACKAGES_INACTIVE, UPGRADE_PACKAGES_FAILING ->
          driver.upgrade(name, UpgradeSource.PACKAGES, call);
      case DELETE -> driver.delete(name, WhenActive.STOP, call);
    }
  }

  @Override
  public void check(KillMatrix.Outcome outcome) throws IOException {
    Throwable thrown = outcome.thrown();
    switch (outcome.fault()) {
      case DIE -> assertThat(thrown).isInstanceOf(FaultInjector.Death.class);
      case INTERRUPT -> {
        assertThat(outcome.interrupted()).as("the interrupt flag is kept").isTrue();
        if (thrown != null || BEFORE_ANY_RETURN.contains(outcome.point())) {
          assertThat(thrown).isInstanceOf(InterruptedOperationException.class);
        }
      }
      case DELAY -> {
        if (thrown != null || BEFORE_ANY_RETURN.contains(outcome.point())) {
          assertThat(thrown).isInstanceOf(DeadlineExceededException.class);
        }
      }
      default -> {
        if (thrown != null) {
          assertThat(thrown).isInstanceOf(OvercException.class);
        }
      }
    }
    if (outcome.fault() != Fault.DIE) {
      checkAtOnce(outcome);
    }
    boolean back = !(thrown instanceof ActivationFailedException failed) || failed.wentBack();
    checkSnapshots(outcome);
    checkAfterTheNext(back);
    kit.assertNothingIsLeft();
  }

  /** Whoever can still act puts things back before he returns. */
  private void checkAtOnce(KillMatrix.Outcome outcome) {
    Throwable thrown = outcome.thrown();
    if (thrown == null) {
      assertThat(now()).as("it returned").isEqualTo(act.after());
    } else if (cancelled(outcome)) {
      assertThat(now()).as("it was cancelled: " + thrown).isEqualTo(act.before());
    } else if (!(thrown instanceof ActivationFailedException failed) || failed.wentBack()) {
      assertThat(now()).as("it failed: " + thrown).isIn(act.before(), act.after());
    }
    if (outcome.fault() != Fault.ERROR) {
      assertThat(kit.isFrozen(name)).as("it is left frozen").isFalse();
    }
  }

  private State now() {
    ContainerStatus status = kit.driver().status(name);
    return new State(status, status == ContainerStatus.ABSENT ? null : kit.read(name));
  }

  /** The next operation finds nothing half-done, or finishes it. */
  private void checkAfterTheNext(boolean back) {
    ContainerDriver driver = kit.driver();
    assertThat(driver.list().stream().anyMatch(one -> one.name().equals(name)))
        .as("whether it is listed")
        .isEqualTo(driver.find(name).isPresent());
    if (driver.status(name) == ContainerStatus.ABSENT) {
      assertThat(act.before().text == null || act.after().text == null).as("it is gone").isTrue();
      driver.activate(name, WhenActive.REFUSE, ContainerKit.NONE);
      assertThat(kit.read(name)).isEqualTo(NEW);
      return;
    }
    Change change = driver.start(name, ContainerKit.NONE);
    if (back && act.before().status == act.after().status) {
      boolean active = act.after().status == ContainerStatus.ACTIVE;
      assertThat(change)
          .as(active ? "recovery starts again what ran" : "recovery starts nothing else")
          .isNotEqualTo(active ? Change.CHANGED : Change.UNCHANGED);
    }
    assertThat(kit.isFrozen(name)).as("it is left frozen").isFalse();
    assertThat(driver.find(name).flatMap(Container::pending)).as("pending").isEmpty();
    String text = kit.read(name);
    assertThat(text).isIn(texts());
    assertThat(driver.snapshots().damaged(name)).isEmpty();
    if (act.replaces() && !text.equals(OLD)) {
      driver.rollback(name, ContainerKit.NONE);
      assertThat(kit.read(name)).as("the replaced container is a snapshot").isEqualTo(OLD);
    }
    assertThat(kit.isWhole(name)).as("nothing is half-installed").isTrue();
    driver.activate(name, WhenActive.STOP, ContainerKit.NONE);
    assertThat(now()).as("it can be activated").isEqualTo(new State(ContainerStatus.ACTIVE, NEW));
  }

  private void checkSnapshots(KillMatrix.Outcome outcome) {
    List<Snapshot> before = snapshot.stream().toList();
    List<Snapshot> all = kit.driver().snapshots().list(name);
    if (act != Act.SNAPSHOT_DELETE || cancelled(outcome)) {
      assertThat(all).as("earlier snapshots stay").containsAll(before);
    } else if (outcome.thrown() == null) {
      assertThat(all).as("what is deleted").isEmpty();
    }
    if (act == Act.SNAPSHOT_CREATE) {
      int most = before.size() + (cancelled(outcome) ? 0 : 1);
      int least = before.size() + (outcome.thrown() == null ? 1 : 0);
      assertThat(all).as("snapshots").hasSizeBetween(least, most);
    }
  }

  private static boolean cancelled(KillMatrix.Outcome outcome) {
    return outcome.thrown() != null
        && (outcome.fault() == Fault.INTERRUPT || outcome.fault() == Fault.DELAY);
  }

  private List<String> texts() {
    return Stream.of(act.before().text, act.after().text).flatMap(Stream::ofNullable).toList();
  }
}
