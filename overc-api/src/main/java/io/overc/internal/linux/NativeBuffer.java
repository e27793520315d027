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

  /**
   * Reserves zeroed memory.
   *
   * @param size how many bytes
   */
  public NativeBuffer(int size) {
    this.bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    this.address = Pointer.nativeValue(Native.getDirectBufferPointer(bytes));
  }

  /**
   * Returns the memory, for absolute access.
   *
   * @return a buffer in the byte order of the machine
   */
  public ByteBuffer bytes() {
    return bytes;
  }

  /**
   * Returns where it is.
   *
   * @return the address of the first byte
   */
  public long address() {
    return address;
  }

  /**
   * Returns how large it is.
   *
   * @return in bytes
   */
  public int size() {
    return bytes.capacity();
  }

  /**
   * Stores a string, as C has them.
   *
   * @param text its bytes, without an end
   * @return where it is
   */
  public long string(byte[] text) {
    return string(0, text);
  }

  /**
   * Stores a string at an offset.
   *
   * @param text its bytes, without an end
   * @return where it is
   */
  public long string(int offset, byte[] text) {
    bytes.put(offset, text);
    bytes.put(offset + text.length, (byte) 0);
    return address + offset;
  }

  /**
   * Copies bytes out.
   *
   * @return a new array
   */
  public byte[] copy(int offset, int length) {
    byte[] copy = new byte[length];
    bytes.get(offset, copy);
    return copy;
  }

  /**
   * Says whether two buffers begin with the same bytes.
   *
   * @param length how many bytes count
   * @return whether they are equal
   */
  public boolean sameAs(NativeBuffer other, int length) {
    int differs = bytes.limit(length).mismatch(other.bytes.limit(length));
    bytes.clear();
    other.bytes.clear();
    return differs < 0;
  }
}
