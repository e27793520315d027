package io.overc.docker;

import io.overc.spi.SideEffects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Cancels the running operation once: at one of its points, or while one of its side effects is
 * under way.
 */
final class Interruption implements SideEffects {
  private final List<String> points = new ArrayList<>();
  private final int at;
  private final String during;
  private final Runnable cancel;

  private Interruption(int at, String during, Runnable cancel) {
    this.at = at;
    this.during = during;
    this.cancel = cancel;
  }

  /** Interrupts this thread at a point, numbered from 0; never for -1. */
  static Interruption at(int point) {
    return new Interruption(point, "", () -> Thread.currentThread().interrupt());
  }

  /** Interrupts this thread some time after a side effect has begun. */
  static Interruption during(String effect, long millis) {
    Thread worker = Thread.currentThread();
    return new Interruption(-1, effect, () -> later(millis, worker::interrupt));
  }

  /** Sends this JVM a signal some time after a side effect has begun. */
  static Interruption signalDuring(String effect, long millis, String signal) {
    return new Interruption(-1, effect, () -> later(millis, () -> kill(signal)));
  }

  List<String> points() {
    return List.copyOf(points);
  }

  @Override
  public <E extends Exception> void run(String name, Action<E> action) throws E {
    pass("before " + name);
    if (name.equals(during) && !points.contains("after " + name)) {
      cancel.run();
    }
    action.run();
    pass("after " + name);
  }

  private void pass(String point) {
    if (points.size() == at) {
      cancel.run();
    }
    points.add(point);
  }

  private static void later(long millis, Runnable action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(millis);
                action.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "interruption");
    thread.setDaemon(true);
    thread.start();
  }

  private static void kill(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, "" + ProcessHandle.current().pid()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
