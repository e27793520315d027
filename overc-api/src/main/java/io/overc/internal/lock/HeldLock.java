package io.overc.internal.lock;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A lock that is held until it is closed; any thread may close it, once. */
public final class HeldLock implements AutoCloseable {
  private final ThreadTable.Entry entry;
  private final Grip grip;
  private final boolean waited;
  private boolean closed;

  HeldLock(ThreadTable.Entry entry, Grip grip, boolean waited) {
    this.entry = entry;
    this.grip = grip;
    this.waited = waited;
  }

  /** {@return whether somebody else had it first} */
  public boolean waited() {
    return waited;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      grip.release();
    } catch (IOException e) {
      throw new UncheckedIOException("could not release a lock", e);
    } finally {
      entry.leave();
    }
  }
}
