package io.overc.btrfs.powercut;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Everything a disk was asked while it was recorded, in order; the format of dm-log-writes. */
public final class WriteLog implements AutoCloseable {
  private static final long MAGIC = 0x6a736677736872L;
  private static final int FLUSH = 1;
  private static final int FORCED = 2;
  private static final int DISCARD = 4;
  private static final int HEADER = 32;
  private static final int CHUNK = 1 << 20;

  private final FileChannel file;
  private final List<LoggedWrite> entries;

  private WriteLog(FileChannel file, List<LoggedWrite> entries) {
    this.file = file;
    this.entries = List.copyOf(entries);
  }

  /**
   * Opens a log whose recording has ended.
   *
   * @param log the file
   * @return the log, to be closed
   */
  public static WriteLog open(Path log) {
    try {
      FileChannel file = FileChannel.open(log, StandardOpenOption.READ);
      ByteBuffer head = read(file, 0, HEADER);
      if (head.getLong() != MAGIC || head.getLong() != 1) {
        throw new IllegalStateException(log + " is no log of writes");
      }
      long count = head.getLong();
      int sector = head.getInt();
      List<LoggedWrite> entries = new ArrayList<>();
      long at = sector;
      for (long i = 0; i < count; i++) {
        LoggedWrite entry = entry(read(file, at, HEADER), sector, at + sector);
        entries.add(entry);
        at += sector + (entry.discard() ? 0 : entry.bytes());
      }
      if (at > file.size()) {
        throw new IllegalStateException(log + " ends in the middle of an entry");
      }
      return new WriteLog(file, entries);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log, e);
    }
  }

  /** Returns how many entries a log has while it is being recorded. */
  static int count(Path log) {
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
      return file.size() < HEADER ? 0 : (int) read(file, 2 * Long.BYTES, Long.BYTES).getLong();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log, e);
    }
  }

  private static LoggedWrite entry(ByteBuffer head, int sector, long data) {
    long start = head.getLong();
    long sectors = head.getLong();
    long flags = head.getLong();
    return new LoggedWrite(
        start * sector,
        sectors * sector,
        (flags & FLUSH) != 0,
        (flags & FORCED) != 0,
        (flags & DISCARD) != 0,
        data);
  }

  /**
   * Returns the entries.
   *
   * @return in the order in which the disk was asked
   */
  public List<LoggedWrite> entries() {
    return entries;
  }

  /**
   * Returns the flushes.
   *
   * @return the numbers of their entries
   */
  public List<Integer> flushes() {
    return IntStream.range(0, entries.size()).filter(i -> entries.get(i).flush()).boxed().toList();
  }

  /** Does to a disk what an entry says, or only the first bytes of it. */
  void apply(LoggedWrite entry, FileChannel disk, long bytes) throws IOException {
    for (long done = 0; done < bytes; done += CHUNK) {
      int length = (int) Math.min(CHUNK, bytes - done);
      ByteBuffer data =
          entry.discard() ? ByteBuffer.allocate(length) : read(file, entry.data() + done, length);
      for (long at = entry.offset() + done; data.hasRemaining(); ) {
        at += disk.write(data, at);
      }
    }
  }

  private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("ends before " + (at + length));
      }
    }
    return buffer.flip();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
