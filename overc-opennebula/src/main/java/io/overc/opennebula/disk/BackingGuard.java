package io.overc.opennebula.disk;

import io.overc.error.VerificationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Refuses image files that name other files, before any tool opens them: a tool would follow the
 * name and copy what lies there into the image.
 */
final class BackingGuard {
  private static final int BACKING_OFFSET = 8;
  private static final int FEATURES_OFFSET = 72;
  private static final int HEADER = 80;
  private static final long EXTERNAL_DATA_FILE = 1 << 2;

  private BackingGuard() {}

  static void check(Path file, DiskFormat format) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(512);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      while (head.hasRemaining() && channel.read(head) >= 0) {}
    }
    head.flip();
    if (format == DiskFormat.QCOW2) {
      checkQcow2(file, head);
    } else if (format == DiskFormat.VMDK) {
      byte[] bytes = new byte[head.remaining()];
      head.get(bytes);
      if (DiskFormat.isDescriptor(bytes)) {
        throw new VerificationException(
            "The image "
                + file
                + " is a VMDK descriptor, which names other files; only a VMDK in one file is taken");
      }
    }
  }

  private static void checkQcow2(Path file, ByteBuffer head) {
    if (head.remaining() < BACKING_OFFSET + Long.BYTES) {
      throw new VerificationException("The image " + file + " is a truncated qcow2 file");
    }
    if (head.getLong(BACKING_OFFSET) != 0) {
      throw new VerificationException(
          "The image "
              + file
              + " is a qcow2 file with a backing file; only one that stands alone is taken");
    }
    boolean version3 = head.getInt(Integer.BYTES) >= 3 && head.remaining() >= HEADER;
    if (version3 && (head.getLong(FEATURES_OFFSET) & EXTERNAL_DATA_FILE) != 0) {
      throw new VerificationException(
          "The image "
              + file
              + " is a qcow2 file with an external data file; only one that stands alone is taken");
    }
  }
}
