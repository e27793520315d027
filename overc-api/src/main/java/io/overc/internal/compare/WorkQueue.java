package io.overc.internal.compare;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the directories that wait to be compared, and the first failure. The directory found last
 * comes first, and there is a limit, so that it does not grow with the tree. Thread-safe.
 */
final class WorkQueue {
  private static final int LIMIT = 512;

  private final Deque<Task> tasks = new ArrayDeque<>();
  private int working;
  private volatile @Nullable Throwable failure;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Task(byte[] path, int[] sources) {}

  /** Adds a directory, unless there are too many: the caller then does it itself. */
  synchronized boolean offer(Task task) {
    if (tasks.size() >= LIMIT) {
      return false;
    }
    tasks.push(task);
    notify();
    return true;
  }

  // Waits for a directory, the one before being done; empty when all is done or something failed.
  synchronized Optional<Task> next(boolean first) throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      // Also where others did all there was to do before this thread began.
      throw interrupted();
    }
    if (!first) {
      working--;
    }
    while (tasks.isEmpty() && working > 0 && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted();
      }
    }
    if (tasks.isEmpty() || failure != null) {
      notifyAll();
      return Optional.empty();
    }
    working++;
    return Optional.of(tasks.pop());
  }

  synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    notifyAll();
  }

  void check() throws InterruptedIOException {
    if (failure != null) {
      throw new InterruptedIOException("another thread of the comparison failed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  void throwFailure() throws IOException {
    Throwable cause = failure;
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (cause instanceof Error error) {
      throw error;
    }
  }

  private static InterruptedIOException interrupted() {
    return new InterruptedIOException("the comparison was interrupted");
  }
}
