package io.overc.lxc.layout;

import io.overc.internal.compare.Stamp;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Remembers what a file was, to tell later whether it still is: at once by the stamp, or after a
 * look at its content where it was written anew.
 *
 * @param stamp its state
 * @param status what it is and whose
 * @param check lower half: CRC-32C of a regular file or of a link's target, else 0; upper half:
 *     that of the extended attributes, 0 where it has none
 */
public record Fingerprint(Stamp stamp, UnixStatus status, long check) {
  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(1 << 16));

  /** Reads a file; empty if it is not there, or changes while it is read. */
  public static Optional<Fingerprint> of(Path file) throws IOException {
    Optional<Stamp> before = Stamp.of(file);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    try {
      Fingerprint read = read(file, before.get());
      return before.equals(Stamp.of(file)) ? Optional.of(read) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Fingerprint read(Path file, Stamp stamp) throws IOException {
    UnixStatus status = UnixStatus.of(file);
    long check =
        switch (status.type()) {
          case UnixStatus.REGULAR -> content(file);
          case UnixStatus.LINK -> checksum(RawPath.bytes(Files.readSymbolicLink(file)));
          default -> 0;
        };
    return new Fingerprint(stamp, status, attributes(file) << Integer.SIZE | check);
  }

  private static long attributes(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    Linux.attributes(file)
        .forEach(
            (name, value) -> {
              checksum.update(name.getBytes(StandardCharsets.ISO_8859_1));
              checksum.update(header(value.length));
              checksum.update(value);
            });
    return checksum.getValue();
  }

  /** Keeps a name apart from its value, and a value from the next name. */
  private static byte[] header(int length) {
    return ByteBuffer.allocate(1 + Integer.BYTES).put((byte) 0).putInt(length).array();
  }

  public boolean isWhiteout() {
    return status.isWhiteout();
  }

  public boolean sameType(Fingerprint other) {
    return status.type() == other.status.type();
  }

  /** Tells whether another file is the same but for its times and its place. */
  public boolean matches(Fingerprint other) {
    boolean sized = status.type() == UnixStatus.REGULAR || status.type() == UnixStatus.LINK;
    return status.equals(other.status)
        && check == other.check
        && (!sized || stamp.size() == other.stamp.size());
  }

  private static long content(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer buffer = BUFFER.get();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      for (buffer.clear(); channel.read(buffer) >= 0; buffer.clear()) {
        buffer.flip();
        checksum.update(buffer);
      }
    }
    return checksum.getValue();
  }

  private static long checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return checksum.getValue();
  }

  public String text() {
    return text(stamp)
        + "\t"
        + status.mode()
        + "\t"
        + status.owner()
        + "\t"
        + status.group()
        + "\t"
        + status.device()
        + "\t"
        + check;
  }

  /** Reads the six columns of {@link #text}, from a position on. */
  public static Fingerprint parse(String[] columns, int from) {
    return new Fingerprint(
        stamp(columns[from]),
        new UnixStatus(
            Integer.parseInt(columns[from + 1]),
            Integer.parseInt(columns[from + 2]),
            Integer.parseInt(columns[from + 3]),
            Long.parseLong(columns[from + 4])),
        Long.parseLong(columns[from + 5]));
  }

  public static String text(Stamp stamp) {
    return stamp.device()
        + ","
        + stamp.inode()
        + ","
        + stamp.size()
        + ","
        + stamp.modified()
        + ","
        + stamp.changed();
  }

  public static Stamp stamp(String text) {
    String[] parts = text.split(",", -1);
    return new Stamp(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        Long.parseLong(parts[4]));
  }
}
