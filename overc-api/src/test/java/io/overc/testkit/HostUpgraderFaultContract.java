package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.host.HostUpgrader;
import io.overc.host.Phase;
import io.overc.host.RecoveryResult.Outcome;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeOptions.PendingPolicy;
import io.overc.internal.time.Cancellation;
import io.overc.spi.SideEffects;
import io.overc.testkit.FaultInjector.Fault;
import io.overc.testkit.FaultInjector.InjectedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds what a host upgrader promises when it is cancelled, fails or is killed. */
public abstract class HostUpgraderFaultContract {
  private static final Duration LONG_ENOUGH_TO_BEGIN = Duration.ofMillis(500);

  /** For subclasses. */
  protected HostUpgraderFaultContract() {}

  /**
   * Returns the host under test.
   *
   * @return always the same, in any state
   */
  protected abstract HostUpgraderBench bench();

  /** Clears the interrupt flag that a failed test left. */
  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  final HostUpgrader host() {
    return bench().upgrader(SideEffects.direct());
  }

  private List<String> points(HostUpgraderAct act) {
    act.prepare(bench());
    FaultInjector injector = FaultInjector.recording();
    act.run(bench().upgrader(injector), OperationOptions.defaults());
    assertThat(host().status().phase()).isEqualTo(act.after());
    return injector.points();
  }

  @ParameterizedTest
  @EnumSource(HostUpgraderAct.class)
  @DisplayName("an interrupt before any change: undone and thrown, or finished and returned")
  void interrupted(HostUpgraderAct act) {
    eachPoint(
        act,
        0,
        point -> new Interrupter(point),
        InterruptedOperationException.class,
        name -> assertThat(Thread.interrupted()).as("interrupt flag, %s", name).isTrue());
  }

  @ParameterizedTest
  @EnumSource(HostUpgraderAct.class)
  @DisplayName("an error after any change: undone and thrown, or finished with the true result")
  void failing(HostUpgraderAct act) {
    eachPoint(
        act, 1, point -> FaultInjector.at(Fault.ERROR, point), InjectedException.class, name -> {});
  }

  /** Makes the fault of a point. */
  private interface Faults {
    SideEffects at(int point);
  }

  /** Looks at what is left after a fault. */
  private interface Aftermath {
    void check(String name);
  }

  private void eachPoint(
      HostUpgraderAct act,
      int first,
      Faults faults,
      Class<? extends Exception> thrown,
      Aftermath aftermath) {
    List<String> points = points(act);
    act.prepare(bench());
    Object expected = act.run(host(), OperationOptions.defaults());
    int undone = 0;
    int finished = 0;
    Map<String, String> before = Map.of();
    for (int point = first; point < points.size(); point += 2) {
      String name = act + " " + points.get(point);
      if (before.isEmpty()) {
        act.prepare(bench());
        before = bench().everythingButTheBackup();
      }
      Outcome outcome = strike(act, faults.at(point), thrown, expected, name);
      aftermath.check(name);
      if (outcome == Outcome.UNDONE) {
        undone++;
        assertThat(bench().everythingButTheBackup()).as(name).isEqualTo(before);
        assertThat(host().status().phase()).as(name).isEqualTo(act.before());
      } else {
        finished++;
        before = Map.of();
        assertThat(host().status().phase()).as(name).isEqualTo(act.after());
      }
    }
    assertThat(undone).as("undone of %s", points).isPositive();
    assertThat(finished).as("finished of %s", points).isPositive();
  }

  private Outcome strike(
      HostUpgraderAct act,
      SideEffects fault,
      Class<? extends Exception> thrown,
      Object expected,
      String name) {
    try {
      Object result = act.run(bench().upgrader(fault), OperationOptions.defaults());
      assertThat(result).as(name).isEqualTo(expected);
      return Outcome.FINISHED;
    } catch (RuntimeException e) {
      assertThat(e).as(name).isInstanceOf(thrown);
      return Outcome.UNDONE;
    }
  }

  @ParameterizedTest
  @EnumSource(HostUpgraderAct.class)
  @DisplayName("an interrupt before the call: nothing is touched")
  void interruptedBefore(HostUpgraderAct act) {
    act.prepare(bench());
    Map<String, String> before = bench().everything();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> act.run(host(), OperationOptions.defaults()))
        .isInstanceOf(InterruptedOperationException.class);
    assertThat(Thread.interrupted()).as("the interrupt flag stays").isTrue();
    assertThat(bench().everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(HostUpgraderAct.class)
  @DisplayName("a deadline that passes in any step: undone and thrown")
  void deadline(HostUpgraderAct act) {
    act.prepare(bench());
    Stopper counter = new Stopper(0);
    act.run(host(), OperationOptions.of(counter::on));
    act.prepare(bench());
    Map<String, String> before = bench().everything();
    for (int step = 1; step <= counter.steps; step++) {
      Stopper stopper = new Stopper(step);
      OperationOptions call =
          OperationOptions.builder().listener(stopper::on).deadline(LONG_ENOUGH_TO_BEGIN).build();
      assertThatThrownBy(() -> act.run(host(), call))
          .as("step %d", step)
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(Thread.interrupted()).isFalse();
      assertThat(bench().everything()).as("step %d", step).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(HostUpgraderAct.class)
  @DisplayName("killed at a point: recover finishes or undoes it, and the next upgrade works")
  void killed(HostUpgraderAct act) {
    List<String> points = points(act);
    for (int point : List.of(0, points.size() / 3, points.size() / 2, points.size() - 1)) {
      act.prepare(bench());
      Assumptions.assumeTrue(bench().kill(act, point), "the bench cannot kill");
      String name = act + " killed " + points.get(point);
      host().recover(OperationOptions.defaults());
      assertThat(host().status().phase()).as(name).isIn(act.before(), act.after());
      assertThat(host().recover(OperationOptions.defaults()).outcome())
          .as(name)
          .isEqualTo(Outcome.NOTHING_TO_DO);
      bench().publish("9");
      host()
          .upgrade(
              UpgradeOptions.builder().pending(PendingPolicy.REPLACE).build(),
              OperationOptions.defaults());
      bench().reboot();
      assertThat(bench().version()).as(name).isEqualTo("9");
      assertThat(host().status().phase()).as(name).isEqualTo(Phase.CLEAN);
    }
  }

  /** Interrupts the thread that comes to a point, and twice more while it puts things back. */
  private static final class Interrupter implements SideEffects {
    private static final int TIMES = 3;

    private final int at;
    private int passed;

    Interrupter(int at) {
      this.at = at;
    }

    @Override
    public <E extends Exception> void run(String name, Action<E> action) throws E {
      pass();
      action.run();
      pass();
    }

    private void pass() {
      if (passed >= at && passed < at + TIMES) {
        Thread.currentThread().interrupt();
      }
      passed++;
    }
  }

  /** Stands still in one step until the deadline of the operation has passed. */
  private static final class Stopper {
    private final int at;
    private int steps;

    Stopper(int at) {
      this.at = at;
    }

    void on(Event event) {
      if (event instanceof Event.StepStarted) {
        steps++;
        if (steps == at) {
          stop();
        }
      }
    }

    private static void stop() {
      try {
        TimeUnit.NANOSECONDS.sleep(Cancellation.limit(Duration.ofMinutes(1)).toNanos() + 1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
