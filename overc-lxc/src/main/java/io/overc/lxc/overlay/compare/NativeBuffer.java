package io.overc.lxc.overlay.compare;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that the C library and Java both see. Not thread-safe.
 *
 * <p>It is free for others once nobody holds this object: an address alone does not keep it.
 * Whoever passes one on holds the object until the call is over.
 */
final class NativeBuffer {
  private final ByteBuffer bytes;
  private final long address;

  NativeBuffer(int size) {
    this.bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    this.address = Pointer.nativeValue(Native.getDirectBufferPointer(bytes));
  }

  /** Returns the memory, for absolute access. */
  ByteBuffer bytes() {
    return bytes;
  }

  /** Returns where it is. */
  long address() {
    return address;
  }

  int size() {
    return bytes.capacity();
  }

  /** Stores a string, as C has them, and returns where it is. */
  long string(byte[] text) {
    return string(0, text);
  }

  /** Stores a string at an offset, and returns where it is. */
  long string(int offset, byte[] text) {
    bytes.put(offset, text);
    bytes.put(offset + text.length, (byte) 0);
    return address + offset;
  }

  /** Says whether two buffers begin with the same bytes. */
  boolean sameAs(NativeBuffer other, int length) {
    int differs = bytes.limit(length).mismatch(other.bytes.limit(length));
    bytes.clear();
    other.bytes.clear();
    return differs < 0;
  }
}
