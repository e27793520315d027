package io.overc.internal.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * A lock of the JDK, where the C library cannot be called, and in file systems in memory.
 *
 * <p>It belongs to the process, which loses it when it closes <em>any</em> descriptor of the file.
 * So nobody in this JVM may open the file while it is locked, not even from another class loader: a
 * system property says that it is.
 */
final class ChannelGrip implements Grip {
  private static final String MARK = "io.overc.lock:";

  private final FileChannel channel;
  private final String mark;

  private ChannelGrip(FileChannel channel, String mark) {
    this.channel = channel;
    this.mark = mark;
  }

  /** Takes the lock; empty if somebody has it. */
  static Optional<Grip> take(Path file, String key, String holder, LockPlace place)
      throws IOException {
    String mark = MARK + key;
    if (System.getProperties().putIfAbsent(mark, holder) != null) {
      return Optional.empty();
    }
    Optional<Grip> grip = Optional.empty();
    try {
      place.refuseOccupied(file);
      grip = open(file, mark);
      return grip;
    } finally {
      if (grip.isEmpty()) {
        System.getProperties().remove(mark);
      }
    }
  }

  private static Optional<Grip> open(Path file, String mark) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS));
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
      return locked ? Optional.of(new ChannelGrip(channel, mark)) : Optional.empty();
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /** Reads who says to hold a lock; only the mark, if it is held in this JVM. */
  static String holder(Path file, String key) throws IOException {
    Properties properties = System.getProperties();
    String here = properties.getProperty(MARK + key);
    if (here != null) {
      return here;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer text = ByteBuffer.allocate(512);
      channel.read(text);
      return new String(text.array(), 0, text.position(), UTF_8);
    }
  }

  @Override
  public void tell(byte[] holder) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(holder), 0);
  }

  @Override
  public void release() throws IOException {
    try {
      channel.close();
    } finally {
      System.getProperties().remove(mark);
    }
  }
}
