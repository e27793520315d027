package io.overc.opennebula.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The header of a qcow2 file, see docs/interop/qcow2.txt of QEMU. */
final class Qcow2Header {
  private static final int VERSION = 4;
  private static final int BACKING_FILE = 8;
  private static final int CLUSTER_BITS = 20;
  private static final int ENCRYPTION = 32;
  private static final int FEATURES = 72;
  private static final int LENGTH = 100;
  private static final int LENGTH_2 = 72;
  private static final int LENGTH_3 = 104;

  private static final long EXTERNAL_DATA_FILE = 1 << 2;

  // Not closed in order; other compression; clusters in parts.
  private static final long KNOWN_FEATURES = 1 | 1 << 3 | 1 << 4;

  private static final int DATA_FILE_NAME = 0x44415441;

  private Qcow2Header() {}

  /** Refuses what needs another file, and what is not known to need none. */
  static void check(ImageBytes image) throws IOException {
    ByteBuffer header = image.read(0, LENGTH_3);
    int version = header.getInt(VERSION);
    int clusterBits = header.getInt(CLUSTER_BITS);
    if (image.size() < LENGTH_2 || (version != 2 && version != 3)) {
      throw image.refused("a truncated qcow2 header or one of another version");
    }
    if (header.getLong(BACKING_FILE) != 0) {
      throw image.refused("a backing file");
    }
    int length = LENGTH_2;
    if (version == 3) {
      long features = header.getLong(FEATURES);
      if ((features & EXTERNAL_DATA_FILE) != 0) {
        throw image.refused("an external data file");
      }
      if ((features & ~KNOWN_FEATURES) != 0) {
        throw image.refused("unknown features of qcow2");
      }
      length = header.getInt(LENGTH);
    }
    if (clusterBits < 9 || clusterBits > 21 || header.getInt(ENCRYPTION) != 0) {
      throw image.refused("a damaged qcow2 header, or is encrypted");
    }
    checkExtensions(image, image.read(0, 1 << clusterBits), length);
  }

  private static void checkExtensions(ImageBytes image, ByteBuffer cluster, int begin)
      throws IOException {
    long at = begin;
    while (at >= LENGTH_2 && at <= cluster.limit() - 8) {
      int type = cluster.getInt((int) at);
      if (type == 0) {
        return;
      }
      if (type == DATA_FILE_NAME) {
        throw image.refused("the name of an external data file");
      }
      long length = Integer.toUnsignedLong(cluster.getInt((int) at + 4));
      at += 8 + ((length + 7) & ~7L);
    }
    throw image.refused("a damaged qcow2 header");
  }
}
