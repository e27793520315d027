package io.overc.opennebula.spool;

import io.overc.error.BusyException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets one handler at a time work on the events of an image: a lock on one byte of one file, at a
 * place that follows from the identifier. It dies with its holder.
 */
final class SpoolLock {
  private static final String FILE = "lock";
  private static final long PAUSE_MILLIS = 50;

  private final FileChannel channel;

  private SpoolLock(FileChannel channel) {
    this.channel = channel;
  }

  static SpoolLock hold(Path directory, String identifier, Duration patience) {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        lock(channel, identifier, patience);
        return new SpoolLock(channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new OvercException(
          "Could not use the spool " + directory + ": " + e + "; may this user write there?", e);
    }
  }

  private static void lock(FileChannel channel, String identifier, Duration patience)
      throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (tryLock(channel, place(identifier)) == null) {
      if (System.nanoTime() - deadline > 0) {
        throw new BusyException("the image " + identifier, "another handler with the same spool");
      }
      pause();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel, long place) throws IOException {
    try {
      return channel.tryLock(place, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // Another thread of this JVM has it.
    }
  }

  private static long place(String identifier) {
    UUID hash = UUID.nameUUIDFromBytes(identifier.getBytes(StandardCharsets.UTF_8));
    return hash.getMostSignificantBits() & (Long.MAX_VALUE >> 1);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedOperationException("Interrupted while waiting for the spool", e);
    }
  }

  /** Lets the next one work on the image. */
  void release() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new OvercException("Could not unlock the spool: " + e, e);
    }
  }
}
