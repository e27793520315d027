package io.overc.internal.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lists a directory in parts of about {@code part} names, so that memory does not grow with the
 * directory. A part is sorted by the bytes of the names; so a directory that fits into one part
 * comes sorted as a whole.
 */
public final class DirectoryListing {
  // Where a struct linux_dirent64 has them. Not readdir(3): its streams cannot be closed and gone
  // on with later, as deep trees need.
  private static final int COOKIE = 8;
  private static final int LENGTH = 16;
  private static final int NAME = 19;

  private final int part;
  private boolean ended;
  private long position;

  public DirectoryListing(int part) {
    this.part = part;
  }

  /**
   * Returns the next part; none if there are no more. The descriptor stands at the end of the part
   * before.
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
