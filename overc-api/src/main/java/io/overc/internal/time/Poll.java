package io.overc.internal.time;

import io.overc.error.InterruptedOperationException;
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
   * Waits for a condition, which is looked at once at least, even if the time is over already.
   *
   * @param pause how long to wait between two looks
   * @param what what is waited for, after "while waiting for"
   * @return whether it happened; false if the time was over first
   * @throws InterruptedOperationException if the thread is interrupted while it waits, or past the
   *     deadline of its operation; an interrupt flag is kept
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

  /**
   * Waits for some time.
   *
   * @param what what is waited for, after "while waiting for"
   * @throws InterruptedOperationException if the thread is interrupted before or meanwhile, or past
   *     the deadline of its operation; an interrupt flag is kept
   */
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
