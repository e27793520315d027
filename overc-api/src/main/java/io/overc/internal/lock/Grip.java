package io.overc.internal.lock;

import java.io.IOException;

interface Grip {
  void tell(byte[] holder) throws IOException;

  void release() throws IOException;
}
