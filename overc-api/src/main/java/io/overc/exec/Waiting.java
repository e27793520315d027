package io.overc.exec;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits although the thread may be interrupted, and keeps its flag. */
final class Waiting {
  private Waiting() {}

  /** Waits for a process; returns whether it has ended. */
  static boolean end(Process process, Duration time) {
    return uninterrupted(time, nanoseconds -> process.waitFor(nanoseconds, TimeUnit.NANOSECONDS));
  }

  /** Waits for a thread; a time of zero is for ever. */
  static void join(Thread thread, Duration time) {
    uninterrupted(
        time.isZero() ? Duration.ofDays(365) : time,
        nanoseconds -> {
          TimeUnit.NANOSECONDS.timedJoin(thread, nanoseconds);
          return true;
        });
  }

  static void pause(Duration time) {
    uninterrupted(
        time,
        nanoseconds -> {
          TimeUnit.NANOSECONDS.sleep(nanoseconds);
          return true;
        });
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
