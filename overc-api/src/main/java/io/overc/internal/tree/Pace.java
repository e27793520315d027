package io.overc.internal.tree;

import io.overc.error.InterruptedOperationException;
import io.overc.internal.linux.RawPath;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ends work between two entries, or in the middle of a file: on interrupt and at a deadline. */
final class Pace {
  private final String work;
  private final @Nullable Duration limit;
  private final boolean interruptible;
  private final long start = System.nanoTime();

  /**
   * Starts the clock.
   *
   * @param work what is done, for messages, such as "copying"
   * @param limit how long it may take; null for as long as it takes
   * @param interruptible whether an interrupt ends it
   */
  Pace(String work, @Nullable Duration limit, boolean interruptible) {
    this.work = work;
    this.limit = limit;
    this.interruptible = interruptible;
  }

  /** Ends nothing: for cleaning up after what was ended. */
  static Pace unlimited() {
    return new Pace("cleaning up", null, false);
  }

  /** Throws if the work is to end; an interrupted thread keeps its flag. */
  void check(Supplier<Path> shown) throws FileSystemException {
    if (interruptible && Thread.currentThread().isInterrupted()) {
      throw interrupted(shown.get(), null);
    }
    if (limit != null && System.nanoTime() - start >= limit.toNanos()) {
      throw new FileSystemException(
          RawPath.shown(shown.get()), null, work + " was not done within " + limit);
    }
  }

  /** Makes the exception for work that found itself interrupted. */
  InterruptedOperationException interrupted(Path shown, @Nullable Exception cause) {
    return new InterruptedOperationException(
        work + " was interrupted at " + RawPath.shown(shown), cause);
  }
}
