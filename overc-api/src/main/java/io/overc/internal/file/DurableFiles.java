package io.overc.internal.file;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.linux.RawPath;
import io.overc.internal.time.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Changes files so that a reader, and a power cut, sees the old or the new state.
 *
 * <p>A file that replaces another gets its mode, and its owner where that can be given; a new one
 * is {@code 0644}, whatever the umask says. Nothing is written through a name that somebody else
 * may have made: the new content lies in a file that this call makes itself.
 */
public final class DurableFiles {
  private DurableFiles() {}

  /**
   * Writes a text in place of what a file holds: afterwards, and after a power cut, the file holds
   * the old text or, once this has returned, the new one.
   */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  public static void write(Path file, byte[] content) throws IOException {
    writeBeforeCommit(file, content);
    syncDirectory(parent(file));
  }

  /**
   * As {@link #write}; the new name is on the disk only with the next commit of the file system.
   */
  public static void writeBeforeCommit(Path file, byte[] content) throws IOException {
    replace(file, content, true);
  }

  /**
   * As {@link #write}, without waiting for the disk: after a power cut the file may also be empty
   * or missing.
   */
  public static void note(Path file, byte[] content) throws IOException {
    replace(file, content, false);
  }

  /**
   * Copies a file with its attributes: when its name is there, after a power cut too, it is
   * complete. The name itself may come with the next commit of the file system. A file that is
   * there is replaced.
   */
  public static void copy(Path from, Path to) throws IOException {
    Path fresh = Temporary.nameBeside(to);
    try {
      Files.copy(from, fresh, StandardCopyOption.COPY_ATTRIBUTES);
      sync(fresh);
      Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  /** Renames over a file that is there, and waits until the new name is on the disk. */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(parent(to));
  }

  /**
   * Deletes a file or an empty directory, if it is there, and waits until that is on the disk;
   * returns whether it was there.
   */
  public static boolean delete(Path file) throws IOException {
    boolean deleted = Files.deleteIfExists(file);
    if (deleted) {
      syncDirectory(parent(file));
    }
    return deleted;
  }

  public static void sync(Path file) throws IOException {
    // Opened for reading: its mode may forbid writing.
    force(file, OpenFlags.NOFOLLOW, LinkOption.NOFOLLOW_LINKS);
  }

  public static void syncDirectory(Path directory) throws IOException {
    // The names in it: a rename may be lost although the renamed file is on the disk.
    force(directory, OpenFlags.DIRECTORY);
  }

  /** Writes back and commits a whole file system. */
  public static void syncFileSystem(Path directory) throws IOException {
    if (!Libc.available() || directory.getFileSystem() != FileSystems.getDefault()) {
      syncDirectory(directory);
      return;
    }
    int descriptor = open(directory, OpenFlags.DIRECTORY);
    try {
      // On btrfs an fsync writes a log only; this commits the transaction, snapshots included.
      if (Libc.syncfs(descriptor) != 0) {
        throw Errno.failure("sync the file system of", directory);
      }
    } finally {
      Libc.close(descriptor);
    }
  }

  /** Exchanges what two names stand for, atomically (renameat2(2), RENAME_EXCHANGE). Linux only. */
  public static void exchange(Path one, Path other) throws IOException {
    Libc.require();
    if (Libc.renameat2(
            Libc.AT_FDCWD,
            RawPath.terminated(one),
            Libc.AT_FDCWD,
            RawPath.terminated(other),
            Libc.RENAME_EXCHANGE)
        != 0) {
      throw Errno.failure(Errno.last(), "exchange", one, other);
    }
  }

  private static void replace(Path file, byte[] content, boolean durably) throws IOException {
    if (Thread.currentThread().isInterrupted() && Cancellation.postponed()) {
      Thread.interrupted(); // It is kept, but a channel would be closed by it.
    }
    // Named from the start: btrfs puts nothing of a file without a name into its log, so that a
    // sync of it would have to come after the name anyway.
    Path fresh = Temporary.nameBeside(file);
    try {
      try (FileChannel channel = Temporary.create(fresh)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        Temporary.inherit(fresh, file);
        if (durably) {
          channel.force(true);
        }
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  private static void force(Path path, int flags, LinkOption... links) throws IOException {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      if (!Files.exists(path, links)) {
        throw new NoSuchFileException(path.toString());
      }
      return; // In memory there is no disk to wait for.
    }
    if (!Libc.available()) {
      forceByChannel(path);
      return;
    }
    int descriptor = open(path, flags);
    try {
      if (Libc.fsync(descriptor) != 0) {
        throw Errno.failure("sync", path);
      }
    } finally {
      Libc.close(descriptor);
    }
  }

  /** An interrupt closes the channel, but what is to be synced has happened already. */
  static void forceByChannel(Path path) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static int open(Path path, int flags) throws IOException {
    int descriptor =
        Libc.openat(
            Libc.AT_FDCWD,
            RawPath.terminated(path),
            // What was exchanged for a pipe must not be waited for.
            flags | OpenFlags.NONBLOCK | OpenFlags.CLOEXEC,
            0);
    if (descriptor < 0) {
      throw Errno.failure("open", path);
    }
    return descriptor;
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " has no directory");
    }
    return parent;
  }
}
