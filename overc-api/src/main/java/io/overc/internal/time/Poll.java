package io.overc.internal.time;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Looks again and again until something has happened, the time is over, or the operation is
 * cancelled.
 */
public final class Poll {
  private Poll() {}

  /**
   * Waits for a condition, which is looked at once at least, and returns whether it came true in
   * time. Throws if the thread is interrupted or past the deadline of its operation. {@code what}
   * follows "while waiting for".
   */
  public static boolean until(
      BooleanSupplier condition, Duration pause, Deadline deadline, String what) {
    while (!condition.getAsBoolean()) {
      if (deadline.passed()) {
        return false;
      }
      Duration rest = deadline.remaining();
      pause(rest.compareTo(pause) < 0 ? rest : pause, what);
    }
    return true;
  }

  /** Waits for some time; otherwise as {@link #until}. */
  public static void pause(Duration time, String what) {
    String work = "waiting for " + what;
    Deadline end = Deadline.in(time);
    do {
      Cancellation.check(work);
      // Not sleep: that takes a millisecond at least.
      LockSupport.parkNanos(Cancellation.limit(end.remaining()).toNanos());
      Cancellation.check(work);
    } while (!end.passed());
  }
}
