package io.overc.exec;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Ends a process and everything it started. */
final class ProcessTree {
  private static final Duration GRACE = Duration.ofMillis(500);

  private ProcessTree() {}

  /**
   * Asks the tree to end, and after a grace period makes it. The descendants are listed first: once
   * their parent is gone nothing leads to them.
   */
  static void end(Process process) {
    List<ProcessHandle> tree =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    tree.forEach(ProcessHandle::destroy);
    waitFor(process, GRACE);
    Stream.concat(tree.stream(), process.descendants()).forEach(ProcessHandle::destroyForcibly);
    waitFor(process, GRACE);
  }

  /** Waits although the thread may be interrupted; keeps its flag. */
  static boolean waitFor(Process process, Duration time) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + time.toNanos();
    try {
      while (true) {
        try {
          return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
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
}
