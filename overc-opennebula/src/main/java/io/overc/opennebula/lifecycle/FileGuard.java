package io.overc.opennebula.lifecycle;

import io.overc.error.BusyException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other handlers on this machine from the same image file while it is converted: a lock on
 * the file itself, which dies with its holder and leaves nothing behind. The file is not changed.
 */
final class FileGuard implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  private final @Nullable FileChannel channel;
  private final boolean waited;

  private FileGuard(@Nullable FileChannel channel, boolean waited) {
    this.channel = channel;
    this.waited = waited;
  }

  /**
   * Waits for the file. One that may not be written cannot be held; then handlers must not race.
   */
  static FileGuard hold(Path file, Duration patience) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      try {
        return new FileGuard(channel, lock(channel, file, patience));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (FileSystemException e) {
      return new FileGuard(null, false); // Not ours to write, or on a read-only file system.
    } catch (IOException e) {
      throw new OvercException("Could not lock the image file " + file + ": " + e, e);
    }
  }

  private static boolean lock(FileChannel channel, Path file, Duration patience)
      throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (boolean waited = false; ; waited = true) {
      if (tryLock(channel) != null) {
        return waited;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new BusyException("the image file " + file, "another handler");
      }
      pause(file);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // Another thread of this JVM has it.
    }
  }

  private static void pause(Path file) {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedOperationException("Interrupted while waiting for " + file, e);
    }
  }

  /** Tells whether somebody else had the file before. */
  boolean waited() {
    return waited;
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new OvercException("Could not unlock an image file: " + e, e);
      }
    }
  }
}
