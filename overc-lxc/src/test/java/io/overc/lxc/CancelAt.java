package io.overc.lxc;

import io.overc.error.OvercException;
import io.overc.spi.SideEffects;
import io.overc.testkit.FaultInjector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does something at one point, numbered as those of {@link FaultInjector}. */
final class CancelAt implements SideEffects {
  private final int at;
  private final Runnable cancel;
  private int next;

  CancelAt(int at, Runnable cancel) {
    this.at = at;
    this.cancel = cancel;
  }

  @Override
  public <E extends Exception> void run(String name, Action<E> action) throws E {
    pass();
    action.run();
    pass();
  }

  private void pass() {
    if (next++ == at) {
      cancel.run();
    }
  }

  /** Returns what some work throws; null if it returns. */
  static @Nullable OvercException caught(Runnable work) {
    try {
      work.run();
      return null;
    } catch (OvercException e) {
      return e;
    }
  }

  /** Waits, or until an interrupt, which is kept. */
  static void sleep(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a thread although this one may be interrupted; it is not any more then. */
  static void join(Thread thread) {
    boolean ended = false;
    while (!ended) {
      Thread.interrupted();
      try {
        thread.join();
        ended = true;
      } catch (InterruptedException e) {
        ended = false; // By the very thread that is waited for.
      }
    }
    Thread.interrupted();
  }
}
