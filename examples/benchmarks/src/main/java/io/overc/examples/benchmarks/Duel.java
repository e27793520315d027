package io.overc.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures two ways to do the same thing, turn by turn, so that whatever else the machine does
 * meanwhile hits both.
 */
final class Duel {
  private final int warmups;
  private final int rounds;

  /**
   * Makes a duel.
   *
   * @param warmups turns that do not count: the JVM compiles, caches fill
   * @param rounds turns that count
   */
  Duel(int warmups, int rounds) {
    this.warmups = warmups;
    this.rounds = rounds;
  }

  /** Runs both; who begins changes at every turn. */
  Medians run(Turn ours, Turn peer) throws Exception {
    List<Long> oursTook = new ArrayList<>();
    List<Long> peerTook = new ArrayList<>();
    for (int i = 0; i < warmups + rounds; i++) {
      boolean oursFirst = i % 2 == 0;
      long first = (oursFirst ? ours : peer).nanos();
      long second = (oursFirst ? peer : ours).nanos();
      if (i >= warmups) {
        oursTook.add(oursFirst ? first : second);
        peerTook.add(oursFirst ? second : first);
      }
    }
    return new Medians(median(oursTook), median(peerTook));
  }

  static double median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
  }

  /** Returns how long an action takes. */
  static long time(Action action) throws Exception {
    long began = System.nanoTime();
    action.run();
    return System.nanoTime() - began;
  }

  /** Makes a turn of an action that needs nothing before or after. */
  static Turn timed(Action action) {
    return () -> time(action);
  }

  /** Does what is measured. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  /** Prepares, does and undoes what is measured, and says how long the doing took. */
  @FunctionalInterface
  interface Turn {
    long nanos() throws Exception;
  }

  /**
   * Holds the medians of a duel.
   *
   * @param ours nanoseconds
   * @param peer nanoseconds
   */
  record Medians(double ours, double peer) {}
}
