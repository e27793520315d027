package io.overc.internal.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lists a directory in parts, so that memory does not grow with the directory. A part is sorted by
 * the bytes of the names; so a directory that fits into one part comes sorted as a whole.
 */
public final class DirectoryListing {
  private static final int COOKIE = 8;
  private static final int LENGTH = 16;
  private static final int NAME = 19;

  private final int part;
  private boolean ended;
  private long position;

  /**
   * Begins a listing.
   *
   * @param part how many names are enough for a part; a few more may come
   */
  public DirectoryListing(int part) {
    this.part = part;
  }

  /**
   * Returns the next part.
   *
   * @param descriptor the open directory, positioned at the end of the part before
   * @return names without an end; none if there are no more
   * @throws IOException if the directory cannot be listed
   */
  public byte[][] next(int descriptor, NativeBuffer buffer, Supplier<Path> shown)
      throws IOException {
    List<byte[]> names = new ArrayList<>();
    while (!ended && names.size() < part) {
      long length = Libc.getdents64(descriptor, buffer.address(), buffer.size());
      if (length < 0) {
        throw Errno.failure("list the directory", shown.get());
      }
      ended = length == 0;
      collect(buffer, (int) length, names);
    }
    byte[][] sorted = names.toArray(byte[][]::new);
    Arrays.sort(sorted, Arrays::compareUnsigned);
    return sorted;
  }

  /**
   * Says whether all names were returned.
   *
   * @return whether {@link #next} has nothing more
   */
  public boolean ended() {
    return ended;
  }

  /** Returns where the next part begins, for lseek(2) in a directory that is opened again. */
  public long position() {
    return position;
  }

  private void collect(NativeBuffer buffer, int length, List<byte[]> names) {
    ByteBuffer bytes = buffer.bytes();
    for (int at = 0; at < length; at += Short.toUnsignedInt(bytes.getShort(at + LENGTH))) {
      position = bytes.getLong(at + COOKIE);
      int end = at + NAME;
      while (bytes.get(end) != 0) {
        end++;
      }
      byte[] name = buffer.copy(at + NAME, end - at - NAME);
      if (!isSelfOrParent(name)) {
        names.add(name);
      }
    }
  }

  private static boolean isSelfOrParent(byte[] name) {
    return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }
}
