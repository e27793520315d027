package io.overc.lxc.overlay.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Lists a directory, sorted as long as it is not huge: a huge one comes in parts. */
final class Listing {
  private static final int NAME = 19;

  private final int descriptor;
  private final NativeBuffer buffer;
  private final int part;
  private final Supplier<Path> what;
  private boolean ended;

  /**
   * Begins to list.
   *
   * @param descriptor the open directory, not listed yet
   * @param buffer used by {@link #next} and free after it
   * @param part at how many names a part ends; a few more may come
   * @param what for messages
   */
  Listing(int descriptor, NativeBuffer buffer, int part, Supplier<Path> what) {
    this.descriptor = descriptor;
    this.buffer = buffer;
    this.part = part;
    this.what = what;
  }

  /** Returns the next part, sorted by the bytes of the names. */
  byte[][] next() throws IOException {
    List<byte[]> names = new ArrayList<>();
    while (!ended && names.size() < part) {
      long length = Libc.getdents64(descriptor, buffer.address(), buffer.size());
      if (length < 0) {
        throw Libc.failure("list the directory", what.get());
      }
      ended = length == 0;
      collect((int) length, names);
    }
    byte[][] sorted = names.toArray(byte[][]::new);
    Arrays.sort(sorted, Arrays::compareUnsigned);
    return sorted;
  }

  /** Says whether all names have come. */
  boolean ended() {
    return ended;
  }

  private void collect(int length, List<byte[]> names) {
    ByteBuffer bytes = buffer.bytes();
    for (int at = 0; at < length; at += Short.toUnsignedInt(bytes.getShort(at + 16))) {
      int end = at + NAME;
      while (bytes.get(end) != 0) {
        end++;
      }
      byte[] name = new byte[end - at - NAME];
      bytes.get(at + NAME, name);
      if (!isSelfOrParent(name)) {
        names.add(name);
      }
    }
  }

  private static boolean isSelfOrParent(byte[] name) {
    return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }
}
