package io.overc.btrfs.fs;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The requests that btrfs takes by ioctl(2); the {@code btrfs} tool sends the same ones. A request
 * costs microseconds, a process of the tool milliseconds. Numbers and structures are those of
 * linux/btrfs.h, which do not change.
 */
enum Ioctl {
  SNAP_DESTROY(15, false, Ioctl.PAGE),
  TREE_SEARCH(17, true, Ioctl.PAGE),
  INO_LOOKUP(18, true, Ioctl.PAGE),
  DEFAULT_SUBVOL(19, false, Long.BYTES),
  SNAP_CREATE_V2(23, false, Ioctl.PAGE);

  static final int PAGE = 4096;
  private static final int BTRFS = 0x94;
  private static final int O_RDONLY_CLOEXEC = 0x80000;

  private final long request;
  private final int size;

  Ioctl(int number, boolean answers, int size) {
    this.request = direction(answers) | (long) size << 16 | BTRFS << 8 | number;
    this.size = size;
  }

  /** See asm/ioctl.h: a few architectures have bits of their own for the direction. */
  private static long direction(boolean answers) {
    String architecture = System.getProperty("os.arch", "");
    boolean own = architecture.matches("(ppc|powerpc|mips|sparc).*");
    long write = own ? 4L << 29 : 1L << 30;
    long read = own ? 2L << 29 : 2L << 30;
    return answers ? write | read : write;
  }

  /** Returns room for the request, zeroed, in the byte order of the machine. */
  ByteBuffer argument() {
    return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
  }

  /** Puts a name where a request wants it. */
  static void name(ByteBuffer argument, int at, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= Math.min(argument.capacity() - at, 256)) {
      throw new IllegalArgumentException("'" + name + "' is too long for a subvolume");
    }
    argument.put(at, bytes);
  }

  /** Reads a name. */
  static String text(ByteBuffer argument, int at, int length) {
    byte[] bytes = new byte[length];
    argument.get(at, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * Sends the request to an open file; the answer, if there is one, replaces the argument.
   *
   * @throws LastErrorException if the kernel refuses
   */
  void send(int descriptor, ByteBuffer argument) throws LastErrorException {
    try (Memory memory = new Memory(size)) {
      ByteBuffer shared = memory.getByteBuffer(0, size);
      shared.put(0, argument, 0, size);
      Libc.Calls.INSTANCE.ioctl(descriptor, new NativeLong(request), memory);
      argument.put(0, shared, 0, size);
    }
  }

  /**
   * Opens a directory for a request and closes it afterwards.
   *
   * @throws LastErrorException if it cannot be opened or the request fails
   */
  static <T> T with(Path directory, Request<T> request) throws LastErrorException {
    int descriptor = Libc.Calls.INSTANCE.open(directory.toString(), O_RDONLY_CLOEXEC);
    try {
      return request.send(descriptor);
    } finally {
      Libc.Calls.INSTANCE.close(descriptor);
    }
  }

  /** What is done with an open directory. */
  @FunctionalInterface
  interface Request<T> {
    T send(int descriptor) throws LastErrorException;
  }
}
