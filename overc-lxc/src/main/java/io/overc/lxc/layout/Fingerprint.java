package io.overc.lxc.layout;

import io.overc.internal.compare.Stamp;
import io.overc.internal.linux.FileStatus;
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
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Remembers what a file was, to tell later whether it still is: at once by the stamp, or after a
 * look at its content where it was written anew.
 *
 * @param mode type and permissions
 * @param device the number of a device, else 0
 * @param check lower half: CRC-32C of a regular file or of a link's target, else 0; upper half:
 *     that of the extended attributes, 0 where it has none
 */
public record Fingerprint(Stamp stamp, int mode, int owner, int group, long device, long check) {
  private static final int TYPE = 0170000;
  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(1 << 16));

  /** Reads a file; empty if it is not there, or changes while it is read. */
  public static Optional<Fingerprint> of(Path file) throws IOException {
    Optional<FileStatus> before = FileStatus.find(file);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    try {
      Fingerprint read = read(file, before.get());
      return FileStatus.find(file).filter(before.get()::sameState).map(after -> read);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Fingerprint read(Path file, FileStatus status) throws IOException {
    long check =
        switch (status.type()) {
          case FileStatus.REGULAR -> content(file);
          case FileStatus.LINK -> checksum(RawPath.bytes(Files.readSymbolicLink(file)));
          default -> 0;
        };
    return new Fingerprint(
        Stamp.of(status),
        status.mode(),
        status.owner(),
        status.group(),
        status.isDevice() ? status.deviceNumber() : 0,
        attributes(file) << Integer.SIZE | check);
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

  public int type() {
    return mode & TYPE;
  }

  public boolean isWhiteout() {
    return type() == FileStatus.CHARACTER_DEVICE && device == 0;
  }

  /** Tells whether another file is the same but for its times and its place. */
  public boolean matches(Fingerprint other) {
    boolean sized = type() == FileStatus.REGULAR || type() == FileStatus.LINK;
    return mode == other.mode
        && owner == other.owner
        && group == other.group
        && device == other.device
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
    return text(stamp) + "\t" + joined('\t', mode, owner, group, device, check);
  }

  /** Reads the six columns of {@link #text}, from a position on. */
  public static Fingerprint parse(String[] columns, int from) {
    return new Fingerprint(
        stamp(columns[from]),
        Integer.parseInt(columns[from + 1]),
        Integer.parseInt(columns[from + 2]),
        Integer.parseInt(columns[from + 3]),
        Long.parseLong(columns[from + 4]),
        Long.parseLong(columns[from + 5]));
  }

  public static String text(Stamp stamp) {
    return joined(
        ',', stamp.device(), stamp.inode(), stamp.size(), stamp.modified(), stamp.changed());
  }

  private static String joined(char divider, long... numbers) {
    StringBuilder text = new StringBuilder();
    for (long number : numbers) {
      if (!text.isEmpty()) {
        text.append(divider);
      }
      text.append(number);
    }
    return text.toString();
  }

  public static Stamp stamp(String text) {
    long[] parts = Stream.of(text.split(",", -1)).mapToLong(Long::parseLong).toArray();
    return new Stamp(parts[0], parts[1], parts[2], parts[3], parts[4]);
  }
}
