package io.overc.internal.lock;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A lock that is held until it is closed; any thread may close it, once. */
public final class HeldLock implements AutoCloseable {
  private final String key;
  private final Grip grip;
  private final boolean waited;
  private boolean closed;

  HeldLock(String key, Grip grip, boolean waited) {
    this.key = key;
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
      ThreadTable.leave(key);
    }
  }
}
