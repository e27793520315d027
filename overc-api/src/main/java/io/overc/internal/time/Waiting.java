package io.overc.internal.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits although the thread may be interrupted or cancelled, and keeps its flag. */
public final class Waiting {
  private Waiting() {}

  /** Waits for a process; returns whether it has ended. */
  public static boolean end(Process process, Duration time) {
    return uninterrupted(time, nanoseconds -> process.waitFor(nanoseconds, TimeUnit.NANOSECONDS));
  }

  /** Waits for a thread; a time of zero is for ever. */
  public static void join(Thread thread, Duration time) {
    uninterrupted(
        time.isZero() ? Duration.ofDays(365) : time,
        nanoseconds -> {
          TimeUnit.NANOSECONDS.timedJoin(thread, nanoseconds);
          return true;
        });
  }

  public static void pause(Duration time) {
    uninterrupted(
        time,
        nanoseconds -> {
          TimeUnit.NANOSECONDS.sleep(nanoseconds);
          return true;
        });
  }

  /** Waits for less than a millisecond, which no other way of waiting can. */
  public static void briefly(long nanoseconds) {
    LockSupport.parkNanos(nanoseconds);
  }

  private static boolean uninterrupted(Duration time, Wait wait) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + time.toNanos();
    try {
      while (true) {
        try {
          return wait.await(deadline - System.nanoTime());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private interface Wait {
    boolean await(long nanoseconds) throws InterruptedException;
  }
}
