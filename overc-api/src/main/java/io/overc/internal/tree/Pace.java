package io.overc.internal.tree;

import io.overc.internal.linux.RawPath;
import io.overc.internal.time.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** Checks for cancellation of this thread, for every entry and in the middle of a file. */
final class Pace {
  private static final Duration ANY = Duration.ofDays(1);

  private final String work;

  Pace(String work) {
    this.work = work;
  }

  /** Throws if the work is to end. To name a deep path takes longer than to see that it goes on. */
  void check(Supplier<Path> shown) {
    if (Thread.currentThread().isInterrupted() || Cancellation.limit(ANY).isZero()) {
      Cancellation.check(work + " " + RawPath.shown(shown.get()));
    }
  }
}
