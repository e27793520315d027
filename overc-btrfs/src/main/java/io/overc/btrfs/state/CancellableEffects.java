package io.overc.btrfs.state;

import io.overc.internal.time.Cancellation;
import io.overc.spi.SideEffects;

/** Makes every change a point where an interrupt or the deadline cancels the operation. */
record CancellableEffects(SideEffects effects) implements SideEffects {
  @Override
  public <E extends Exception> void run(String name, Action<E> action) throws E {
    Cancellation.check("about to " + name);
    effects.run(name, action);
  }
}
