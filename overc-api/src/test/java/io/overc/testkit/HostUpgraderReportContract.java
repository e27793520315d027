package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.overc.error.BusyException;
import io.overc.error.RefusedException.Guard;
import io.overc.event.Event;
import io.overc.event.OperationInfo;
import io.overc.event.OperationOptions;
import io.overc.host.Phase;
import io.overc.host.RollbackOptions;
import io.overc.host.RollbackResult;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds what a host upgrader tells its listener, and that it works alone, for {@link
 * HostUpgraderContract}.
 */
public abstract class HostUpgraderReportContract extends HostUpgraderFaultContract {
  static final OperationOptions CALL = OperationOptions.defaults();

  private @Nullable Throwable failure;

  /** For subclasses. */
  protected HostUpgraderReportContract() {}

  final UpgradeResult upgrade() {
    return host().upgrade(UpgradeOptions.defaults(), CALL);
  }

  final RollbackResult rollback() {
    return host().rollback(RollbackOptions.defaults(), CALL);
  }

  final Phase phase() {
    return host().status().phase();
  }

  @ParameterizedTest
  @EnumSource(HostUpgraderAct.class)
  @DisplayName("events come in their order, all of one operation of this kind")
  void events(HostUpgraderAct act) {
    act.prepare(bench());
    List<Event> events = new ArrayList<>();
    act.run(host(), OperationOptions.of(events::add));
    OperationInfo operation = events.get(0).operation();
    assertThat(operation.kind()).isEqualTo(act.kind());
    assertThat(events).extracting(Event::operation).containsOnly(operation);
    assertThat(events.get(0)).isInstanceOf(Event.Started.class);
    assertThat(events.stream().filter(Event.Started.class::isInstance)).hasSize(1);
    List<Integer> steps = new ArrayList<>();
    for (Event event : events) {
      if (event instanceof Event.StepStarted started) {
        assertThat(started.step()).isEqualTo(steps.size() + 1);
        steps.add(started.step());
      } else if (event instanceof Event.StepFinished finished) {
        assertThat(finished.step()).isEqualTo(steps.size());
      }
    }
    assertThat(steps).isNotEmpty();
    assertThat(events.get(events.size() - 1))
        .isInstanceOfSatisfying(
            Event.Finished.class,
            finished -> {
              assertThat(finished.succeeded()).isTrue();
              assertThat(finished.message()).isNotEqualTo("done");
            });
  }

  @Test
  @DisplayName("a refusal ends the operation with the exception that is thrown")
  void refusalIsReported() {
    bench().reset();
    List<Event> events = new ArrayList<>();
    assertThatThrownBy(
            () -> host().rollback(RollbackOptions.defaults(), OperationOptions.of(events::add)))
        .satisfies(
            thrown ->
                assertThat(events.get(events.size() - 1))
                    .isInstanceOfSatisfying(
                        Event.Finished.class,
                        finished -> assertThat(finished.failure()).containsSame(thrown)));
  }

  @ParameterizedTest
  @EnumSource(HostUpgraderAct.class)
  @DisplayName("a listener that throws breaks nothing")
  void failingListener(HostUpgraderAct act) {
    act.prepare(bench());
    act.run(
        host(),
        OperationOptions.of(
            event -> {
              throw new IllegalStateException("a listener that fails");
            }));
    assertThat(phase()).isEqualTo(act.after());
  }

  @Test
  @DisplayName("one operation at a time, in this process and in others; the status can be read")
  void busy() {
    bench().reset();
    bench().publish("2");
    AtomicBoolean tried = new AtomicBoolean();
    host()
        .upgrade(
            UpgradeOptions.defaults(),
            OperationOptions.of(
                event -> {
                  if (event instanceof Event.StepStarted started
                      && started.step() == 2
                      && tried.compareAndSet(false, true)) {
                    tryMeanwhile();
                  }
                }));
    assertThat(tried).isTrue();
    assertThat(failure).as("while it was busy").isNull();
    assertThat(phase()).isEqualTo(Phase.UPGRADE_PENDING);
  }

  /** What a listener throws is lost, so it is kept for afterwards. */
  private void tryMeanwhile() {
    try {
      assertThat(phase()).isEqualTo(Phase.CLEAN);
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              this::upgrade,
              this::rollback,
              () -> host().cancel(CALL),
              () -> host().recover(CALL))) {
        assertThatThrownBy(call)
            .asInstanceOf(throwable(BusyException.class))
            .satisfies(
                busy -> {
                  assertThat(busy.guard()).isEqualTo(Guard.BUSY);
                  assertThat(busy.holder())
                      .contains(String.valueOf(ProcessHandle.current().pid()), "upgrade");
                });
      }
      bench()
          .upgradeInAnotherProcess()
          .ifPresent(text -> assertThat(text).contains("BusyException", "upgrade"));
    } catch (Throwable e) {
      failure = e;
    }
  }
}
