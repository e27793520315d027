package io.overc.internal.lock;

import java.io.IOException;

/** A lock file that is held. */
interface Grip {
  /** Says in the file who holds it. */
  void tell(byte[] holder) throws IOException;

  /** Lets go of it. */
  void release() throws IOException;
}
