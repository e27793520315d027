package io.overc.examples.benchmarks;

import io.overc.internal.compare.Visitor.Shared;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Measures what of the heap is in use, after a collection, several times during a comparison. */
final class OverlayHeap extends OverlayCount {
  private final int every;
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong most = new AtomicLong();

  OverlayHeap(int every) {
    this.every = every;
  }

  /** Returns the most that was in use, in bytes. */
  long most() {
    return most.get();
  }

  @Override
  public void shared(Shared entry) throws IOException {
    super.shared(entry);
    if (calls.incrementAndGet() % every == 0) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      most.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
    }
  }
}
