package io.overc.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overc.spi.SideEffects;
import io.overc.testkit.FaultInjector.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs something once for each point at which it can be killed, fail or be cancelled: before and
 * after every side effect. The points are found by a run without a fault.
 */
public final class KillMatrix {
  private KillMatrix() {}

  /** Something that is run under a fault, with a fresh start for each case. */
  public interface Trial {
    /**
     * Brings about the state before.
     *
     * @throws Exception if that fails
     */
    void prepare() throws Exception;

    /**
     * Runs what is tried.
     *
     * @param effects the fault-injection point
     * @throws Exception what it throws
     */
    void run(SideEffects effects) throws Exception;

    /**
     * Returns how long {@link Fault#DELAY} lasts.
     *
     * @return nothing unless overridden
     */
    default Duration delay() {
      return Duration.ZERO;
    }

    /**
     * Checks the state after.
     *
     * @param outcome how the run ended
     * @throws Exception if that fails
     */
    void check(Outcome outcome) throws Exception;
  }

  /**
   * How a run under a fault ended.
   *
   * @param fault the fault
   * @param point where it struck
   * @param thrown what the run threw; null if it returned
   * @param interrupted whether the interrupt flag of the thread was set at the end
   */
  public record Outcome(
      Fault fault, String point, @Nullable Throwable thrown, boolean interrupted) {}

  /**
   * Returns the cases.
   *
   * @param title what is run
   * @param trials makes the trial of each case
   * @param chosen takes of all points those to be tried
   * @param faults what may happen at each point
   * @return a test for each point and fault
   * @throws Exception if the run without a fault fails
   */
  public static Stream<DynamicTest> cases(
      String title,
      Supplier<? extends Trial> trials,
      UnaryOperator<List<Integer>> chosen,
      Fault... faults)
      throws Exception {
    FaultInjector recording = FaultInjector.recording();
    Trial first = trials.get();
    first.prepare();
    first.run(recording);
    first.check(new Outcome(Fault.NONE, "nowhere", null, false));
    List<String> points = recording.points();
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < points.size(); number++) {
      numbers.add(number);
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (Fault fault : faults) {
      for (int number : chosen.apply(numbers)) {
        String name = "%s: %s %s".formatted(title, fault, points.get(number));
        tests.add(DynamicTest.dynamicTest(name, () -> run(trials.get(), fault, number, points)));
      }
    }
    return tests.stream();
  }

  /**
   * Returns what is to happen at a point of a real matrix: both faults, or where not {@linkplain
   * Real#everyCase every case} is run one of them, in turn, before and after the same step as well.
   *
   * @param point the number of the point
   * @param turn which of both begins: another one for each matrix, so that points that all have
   *     meet both
   * @return the faults
   */
  public static List<Fault> faults(int point, int turn) {
    boolean kill = (point + point / 2 + turn) % 2 == 0;
    return Real.everyCase()
        ? List.of(Fault.KILL, Fault.ERROR)
        : List.of(kill ? Fault.KILL : Fault.ERROR);
  }

  private static void run(Trial trial, Fault fault, int number, List<String> points)
      throws Exception {
    trial.prepare();
    FaultInjector injector = FaultInjector.at(fault, number, trial.delay());
    Throwable thrown = null;
    try {
      trial.run(injector);
    } catch (Exception | FaultInjector.Death e) {
      thrown = e;
    }
    boolean interrupted = Thread.interrupted();
    // Where the machine is slow, a deadline passes before the delay.
    boolean reached = injector.points().size() > number || fault == Fault.DELAY;
    assertTrue(reached, "the point was not reached: is it by chance?");
    trial.check(new Outcome(fault, points.get(number), thrown, interrupted));
  }
}
