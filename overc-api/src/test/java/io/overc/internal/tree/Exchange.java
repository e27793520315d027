package io.overc.internal.tree;

import io.overc.internal.linux.Libc;
import io.overc.internal.linux.RawPath;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Exchanges two entries all the time, as somebody may who wants a tree to lead elsewhere. */
final class Exchange implements AutoCloseable {
  private final byte[] one;
  private final byte[] other;
  private final Thread thread = new Thread(this::run, "exchange");
  private volatile boolean ended;
  private final AtomicLong exchanges = new AtomicLong();

  Exchange(Path one, Path other) {
    this.one = RawPath.terminated(one);
    this.other = RawPath.terminated(other);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!ended) {
      int result = Libc.renameat2(Libc.AT_FDCWD, one, Libc.AT_FDCWD, other, Libc.RENAME_EXCHANGE);
      if (result == 0) {
        exchanges.incrementAndGet();
      }
    }
  }

  /** Returns how often they were exchanged. */
  long exchanges() {
    return exchanges.get();
  }

  @Override
  public void close() {
    ended = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
