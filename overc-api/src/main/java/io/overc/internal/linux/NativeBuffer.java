package io.overc.internal.linux;

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
public final class NativeBuffer {
  private final ByteBuffer bytes;
  private final long address;

  public NativeBuffer(int size) {
    this.bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    this.address = Pointer.nativeValue(Native.getDirectBufferPointer(bytes));
  }

  public ByteBuffer bytes() {
    return bytes;
  }

  public long address() {
    return address;
  }

  public int size() {
    return bytes.capacity();
  }

  /** Stores a string as C has them, and returns its address. */
  public long string(byte[] text) {
    return string(0, text);
  }

  public long string(int offset, byte[] text) {
    bytes.put(offset, text);
    bytes.put(offset + text.length, (byte) 0);
    return address + offset;
  }

  public byte[] copy(int offset, int length) {
    byte[] copy = new byte[length];
    bytes.get(offset, copy);
    return copy;
  }

  public boolean sameAs(NativeBuffer other, int length) {
    int differs = bytes.limit(length).mismatch(other.bytes.limit(length));
    bytes.clear();
    other.bytes.clear();
    return differs < 0;
  }
}
