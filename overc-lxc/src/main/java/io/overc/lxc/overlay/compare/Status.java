package io.overc.lxc.overlay.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What statx(2) tells of a file, whose layout is the same on every architecture. */
final class Status {
  static final int DIRECTORY = 0040000;
  static final int REGULAR = 0100000;
  static final int LINK = 0120000;
  static final int SOCKET = 0140000;

  private static final int CHARACTER_DEVICE = 0020000;
  private static final int BLOCK_DEVICE = 0060000;
  private static final int TYPE = 0170000;
  private static final int IMMUTABLE_OR_APPEND = 0x10 | 0x20;
  private static final int MNT_ID = 0x1000;
  private static final long RECENT_MILLIS = 20;
  private static final int BLOCK = 512;

  private final NativeBuffer buffer = new NativeBuffer(256);
  private final ByteBuffer bytes = buffer.bytes();

  /**
   * Reads it.
   *
   * @return whether there is such a file
   */
  boolean read(int directory, long name, Supplier<Path> what) throws IOException {
    if (Libc.status(directory, name, buffer.address()) == 0) {
      return true;
    }
    int error = Libc.error();
    if (error == Libc.ENOENT || error == Libc.ENOTDIR) {
      return false;
    }
    throw Libc.failure("tell what this is", what.get());
  }

  /** Reads it of an open file; false if it cannot be told. */
  boolean read(int descriptor) {
    return Libc.status(descriptor, buffer.address()) == 0;
  }

  int type() {
    return mode() & TYPE;
  }

  /** Returns type and permissions. */
  int mode() {
    return Short.toUnsignedInt(bytes.getShort(28));
  }

  int links() {
    return bytes.getInt(16);
  }

  long size() {
    return bytes.getLong(40);
  }

  /** Returns the length of a regular file or of a link's target; 0 for others. */
  long contentSize() {
    return type() == REGULAR || type() == LINK ? size() : 0;
  }

  long allocated() {
    return bytes.getLong(48) * BLOCK;
  }

  boolean isDevice() {
    return type() == CHARACTER_DEVICE || type() == BLOCK_DEVICE;
  }

  boolean isWhiteout() {
    return type() == CHARACTER_DEVICE && bytes.getLong(128) == 0;
  }

  boolean isImmutable() {
    return (bytes.getLong(8) & IMMUTABLE_OR_APPEND) != 0;
  }

  /** Returns what differs from one mount to another; older kernels only tell the device. */
  long mount() {
    return (bytes.getInt(0) & MNT_ID) != 0 ? bytes.getLong(144) : bytes.getLong(136);
  }

  boolean sameOwner(Status other) {
    return bytes.getLong(20) == other.bytes.getLong(20);
  }

  boolean sameNumber(Status other) {
    return bytes.getLong(128) == other.bytes.getLong(128);
  }

  /** Says whether it was changed within the last two ticks of the slowest kernel's clock. */
  boolean isRecent() {
    long ago = System.currentTimeMillis() - time(96) / 1_000_000;
    return ago >= 0 && ago < RECENT_MILLIS;
  }

  /** Says whether nobody changed or replaced the file between two readings. */
  boolean sameStateAs(Status other) {
    // Where it is, which it is, its links, owner, mode, size, and the times of change.
    return same(other, 136)
        && same(other, 32)
        && same(other, 16)
        && same(other, 24)
        && same(other, 40)
        && sameTime(other, 96)
        && sameTime(other, 112);
  }

  private boolean same(Status other, int offset) {
    return bytes.getLong(offset) == other.bytes.getLong(offset);
  }

  private boolean sameTime(Status other, int offset) {
    return same(other, offset) && bytes.getInt(offset + 8) == other.bytes.getInt(offset + 8);
  }

  Stamp stamp() {
    return new Stamp(bytes.getLong(136), bytes.getLong(32), size(), time(112), time(96));
  }

  private long time(int offset) {
    return bytes.getLong(offset) * 1_000_000_000L + bytes.getInt(offset + 8);
  }
}
