package io.overc.opennebula.disk;

import io.overc.error.VerificationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The bytes of an image file of which its headers are made; what lies behind its end is zero. */
record ImageBytes(Path file, SeekableByteChannel channel) implements AutoCloseable {
  private static final int LARGEST = 2 << 20;

  static ImageBytes open(Path file) throws IOException {
    return new ImageBytes(file, Files.newByteChannel(file));
  }

  /** Reads some bytes as numbers with the most significant byte first. */
  ByteBuffer read(long position, int length) throws IOException {
    if (position < 0 || length < 0 || length > LARGEST) {
      throw refused("a damaged header");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    channel.position(position);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    return bytes.clear();
  }

  ByteBuffer little(long position, int length) throws IOException {
    return read(position, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  long size() throws IOException {
    return channel.size();
  }

  static boolean isZero(ByteBuffer bytes, int from, int length) {
    byte[] part = new byte[length];
    bytes.get(from, part);
    return Arrays.equals(part, new byte[length]);
  }

  static boolean holds(ByteBuffer bytes, int from, String text) {
    byte[] part = new byte[text.length()];
    bytes.get(from, part);
    return Arrays.equals(part, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Refuses the image for what it has or is. */
  VerificationException refused(String reason) {
    return new VerificationException(
        "The image %s has %s; only an image that is complete in one file is taken"
            .formatted(file, reason));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
