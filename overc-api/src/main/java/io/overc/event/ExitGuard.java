package io.overc.event;

import io.overc.error.InterruptedOperationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Cancels an operation when the JVM ends, and has the JVM wait until it has put things back.
 *
 * <p>Without it SIGTERM would leave the tools that were started running and things half done, until
 * the next call recovers them.
 */
final class ExitGuard implements AutoCloseable {
  // Longer than any tool takes to end, shorter than what a service manager waits (90 s).
  private static final long PATIENCE_SECONDS = 75;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::cancel, "overc-cancel");

  private ExitGuard() {}

  /**
   * Guards what the current thread does until the result is closed.
   *
   * @throws InterruptedOperationException if the JVM is ending already
   */
  static ExitGuard enter(OperationInfo operation) {
    ExitGuard guard = new ExitGuard();
    try {
      Runtime.getRuntime().addShutdownHook(guard.hook);
    } catch (IllegalStateException e) {
      throw new InterruptedOperationException(
          "The JVM is ending: " + operation + " was not begun", e);
    }
    return guard;
  }

  private void cancel() {
    worker.interrupt();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return; // What it left is recovered by the next call.
      }
    } catch (InterruptedException e) {
      return; // Nobody interrupts a shutdown hook.
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The JVM is ending, and the hook with it.
    }
  }
}
