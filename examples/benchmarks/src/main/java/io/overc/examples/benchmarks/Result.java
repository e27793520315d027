package io.overc.examples.benchmarks;

import java.util.Locale;

/**
 * The result of one goal.
 *
 * @param what what was measured
 * @param ours what OverC took
 * @param peer what the peer took, and who it is
 * @param measured what the goal is about: a ratio, or a count
 * @param goal the limit that was set
 * @param met whether the goal is met
 */
record Result(String what, String ours, String peer, double measured, double goal, boolean met) {

  /** OverC may take at most {@code goal} times as long as the peer. */
  static Result ratio(String what, double oursNanos, String peer, double peerNanos, double goal) {
    double ratio = oursNanos / peerNanos;
    return new Result(
        what, time(oursNanos), peer + " " + time(peerNanos), ratio, goal, ratio <= goal);
  }

  /** A count may be at most {@code goal}. */
  static Result count(String what, long ours, String unit, long goal) {
    return new Result(what, ours + " " + unit, "", ours, goal, ours <= goal);
  }

  String verdict() {
    return met ? "met" : "MISSED";
  }

  static String time(double nanos) {
    if (nanos < 1e6) {
      return String.format(Locale.ROOT, "%.1f us", nanos / 1e3);
    }
    return nanos < 1e9
        ? String.format(Locale.ROOT, "%.2f ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }
}
