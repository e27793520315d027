package io.overc.internal.time;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What may cancel the work of the current thread: an interrupt, and the deadline of the operation
 * that it works for. Everything that waits or loops asks here, so that nothing needs to be handed
 * down to it.
 */
public final class Cancellation implements AutoCloseable {
  private static final ThreadLocal<@Nullable Cancellation> CURRENT = new ThreadLocal<>();

  private final @Nullable Cancellation outer;
  private final long deadline;
  private final boolean limited;

  // Whether interrupts wait until the work is done.
  private final boolean shield;

  private boolean interrupted;

  private Cancellation(
      @Nullable Cancellation outer, boolean limited, long deadline, boolean shield) {
    this.outer = outer;
    this.limited = limited;
    this.deadline = deadline;
    this.shield = shield;
  }

  /**
   * Begins work with a deadline (null for none of its own), on this thread, until the result is
   * closed. It ends no later than the work around it.
   */
  public static Cancellation begin(@Nullable Duration limit) {
    Cancellation outer = CURRENT.get();
    long now = System.nanoTime();
    boolean limited = outer != null && outer.limited;
    long deadline = limited && outer != null ? outer.deadline : 0;
    if (limit != null) {
      long own = now + nanos(limit);
      deadline = limited && deadline - own < 0 ? deadline : own;
      limited = true;
    }
    return enter(new Cancellation(outer, limited, deadline, outer != null && outer.shield));
  }

  /**
   * Throws if this thread is interrupted, whose flag stays set, or past its deadline. The work is
   * named for the message: "copying /a".
   */
  public static void check(String work) {
    check(() -> work);
  }

  /** As {@link #check(String)}, for a text that costs something to make. */
  public static void check(Supplier<String> work) {
    if (Thread.interrupted() && !postponed()) {
      Thread.currentThread().interrupt();
      throw new InterruptedOperationException("Interrupted while " + work.get(), null);
    }
    Cancellation current = CURRENT.get();
    if (current != null && current.limited && current.deadline - System.nanoTime() <= 0) {
      throw exceeded(work.get());
    }
  }

  /** {@return how long this thread may wait: not past the deadline; never negative} */
  public static Duration limit(Duration wanted) {
    Cancellation current = CURRENT.get();
    if (current == null || !current.limited) {
      return wanted;
    }
    long left = Math.max(0, current.deadline - System.nanoTime());
    return left < nanos(wanted) ? Duration.ofNanos(left) : wanted;
  }

  public static DeadlineExceededException exceeded(String work) {
    return new DeadlineExceededException("The deadline passed while " + work, null);
  }

  /**
   * Does what must be finished even if the thread is interrupted or the deadline has passed, such
   * as putting things back. An interrupt before or meanwhile is kept for afterwards.
   */
  public static <T> T shielded(Supplier<T> work) {
    try (Cancellation shield = enter(new Cancellation(CURRENT.get(), false, 0, true))) {
      shield.interrupted = Thread.interrupted();
      return shield.run(work);
    }
  }

  public static <E extends Exception> void shielded(Work<E> work) throws E {
    try (Cancellation shield = enter(new Cancellation(CURRENT.get(), false, 0, true))) {
      shield.interrupted = Thread.interrupted();
      shield.run(work);
    }
  }

  @FunctionalInterface
  public interface Work<E extends Exception> {
    void run() throws E;
  }

  /**
   * Tells whether an interrupt that cut a wait of this thread short is kept for afterwards, because
   * the thread is {@linkplain #shielded shielded}: the wait then goes on. Otherwise the caller sets
   * the flag of the thread and stops.
   */
  public static boolean postponed() {
    Cancellation current = CURRENT.get();
    if (current == null || !current.shield) {
      return false;
    }
    current.interrupted = true;
    return true;
  }

  @Override
  public void close() {
    CURRENT.set(outer);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> T run(Supplier<T> work) {
    return work.get();
  }

  private <E extends Exception> void run(Work<E> work) throws E {
    work.run();
  }

  private static Cancellation enter(Cancellation next) {
    CURRENT.set(next);
    return next;
  }

  // As Duration.toNanos, but never more than what can be added to the clock.
  private static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofDays(36500)) > 0 ? Long.MAX_VALUE / 2 : duration.toNanos();
  }
}
