package io.overc.lxc.share;

import io.overc.internal.linux.RawPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Holds many paths in eight bytes each, by a hash of 64 bits: for a million paths the odds that one
 * is taken for another are one in ten million. Filled by one thread, then read by any.
 */
final class PathSet {
  private long[] hashes = new long[1024];
  private int size;
  private boolean sorted;

  void add(Path path) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    hashes[size++] = hash(path);
  }

  void seal() {
    Arrays.sort(hashes, 0, size);
    sorted = true;
  }

  boolean contains(Path path) {
    if (!sorted) {
      throw new IllegalStateException("not sealed");
    }
    return Arrays.binarySearch(hashes, 0, size, hash(path)) >= 0;
  }

  /** FNV-1a, and a finalizer that spreads its bits. */
  private static long hash(Path path) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : RawPath.encode(path).getBytes(StandardCharsets.US_ASCII)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }
}
