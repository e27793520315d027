package io.overc.btrfs.state;

import io.overc.internal.time.Cancellation;
import io.overc.spi.Mutations;

/** Makes every change a point where an interrupt or the deadline cancels the operation. */
record CancellableMutations(Mutations mutations) implements Mutations {
  @Override
  public <E extends Exception> void run(String name, Action<E> action) throws E {
    Cancellation.check("about to " + name);
    mutations.run(name, action);
  }
}
