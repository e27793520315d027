package io.overc.btrfs;

import io.overc.error.BusyException;
import io.overc.error.OvercException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Lets one operation at a time change the host, across processes. It is a lock of the kernel on a
 * file: it dies with its holder, so it can never be stale.
 */
final class HostLock implements AutoCloseable {
  private static final Path LOCKS = Path.of("/proc/locks");

  private final FileChannel channel;

  private HostLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param state the directory for our own state
   * @param verb what it is taken for; told to those who come too late
   * @throws BusyException if another operation holds it
   */
  static HostLock take(Path state, String verb) {
    try {
      Files.createDirectories(state);
      FileChannel channel =
          FileChannel.open(
              file(state),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        FileLock lock = tryLock(channel);
        if (lock == null) {
          throw new BusyException("The host", Files.readString(file(state)).strip());
        }
        String holder = "pid " + ProcessHandle.current().pid() + ": " + verb + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
        return new HostLock(channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new OvercException("Could not lock the host: " + e, e);
    }
  }

  /**
   * Tells whether some process holds the lock, without touching it: the kernel lists locks by
   * inode.
   *
   * @param state the directory for our own state
   */
  static boolean isHeld(Path state) {
    try {
      if (!Files.exists(file(state))) {
        return false;
      }
      String inode = ":" + Files.getAttribute(file(state), "unix:ino") + " ";
      return Files.readAllLines(LOCKS).stream().anyMatch(line -> line.contains(inode));
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // Another thread of this JVM holds it.
    }
  }

  private static Path file(Path state) {
    return state.resolve("lock");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new OvercException("Could not unlock the host: " + e, e);
    }
  }
}
