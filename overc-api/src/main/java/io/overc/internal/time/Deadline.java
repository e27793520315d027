package io.overc.internal.time;

import java.time.Duration;

/**
 * The end of a time, by a clock that nobody sets. Times that are too long to be counted are taken
 * as centuries, negative ones as none.
 */
public final class Deadline {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 4);

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  public static Deadline in(Duration time) {
    Duration counted = time.compareTo(LONGEST) < 0 ? time : LONGEST;
    return new Deadline(System.nanoTime() + (counted.isNegative() ? 0 : counted.toNanos()));
  }

  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  public boolean passed() {
    return end - System.nanoTime() <= 0;
  }
}
