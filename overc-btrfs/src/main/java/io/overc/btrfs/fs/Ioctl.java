package io.overc.btrfs.fs;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.lang.ref.Reference;
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
   * @throws IOException if the kernel refuses
   */
  void send(int descriptor, ByteBuffer argument) throws IOException {
    NativeBuffer shared = new NativeBuffer(size);
    try {
      shared.bytes().put(0, argument, 0, size);
      if (Libc.ioctl(descriptor, request, shared.address()) < 0) {
        throw new IOException(Errno.text(Errno.last()));
      }
      argument.put(0, shared.bytes(), 0, size);
    } finally {
      Reference.reachabilityFence(shared);
    }
  }

  /**
   * Opens a directory for a request and closes it afterwards.
   *
   * @throws IOException if it cannot be opened or the request fails
   */
  static <T> T with(Path directory, Request<T> request) throws IOException {
    Libc.require();
    int descriptor =
        Libc.openat(Libc.AT_FDCWD, RawPath.terminated(directory), OpenFlags.CLOEXEC, 0);
    if (descriptor < 0) {
      throw Errno.failure("open", directory);
    }
    try {
      return request.send(descriptor);
    } finally {
      Libc.close(descriptor);
    }
  }

  /** What is done with an open directory. */
  @FunctionalInterface
  interface Request<T> {
    T send(int descriptor) throws IOException;
  }
}
