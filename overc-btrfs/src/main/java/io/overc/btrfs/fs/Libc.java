package io.overc.btrfs.fs;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The system calls that the JDK does not offer: exchanging two names in one step (no tool on Debian
 * 12 does it either), committing a file system, files without a name, and locking a file for one
 * open descriptor.
 */
public final class Libc {
  static final int AT_FDCWD = -100;
  static final int AT_SYMLINK_FOLLOW = 0x400;
  private static final int RENAME_EXCHANGE = 2;
  private static final int O_RDONLY_CLOEXEC = 0x80000;
  private static final int LOCK_EX_NB = 2 | 4;
  private static final int LOCK_UN = 8;
  private static final int EWOULDBLOCK = 11;

  private Libc() {}

  /**
   * Exchanges what two names stand for, atomically (renameat2(2), RENAME_EXCHANGE).
   *
   * @param one an existing file or directory
   * @param other another one on the same file system
   * @throws IOException if the file system cannot do it, or one of them is missing
   */
  public static void exchange(Path one, Path other) throws IOException {
    try {
      Calls.INSTANCE.renameat2(
          AT_FDCWD, one.toString(), AT_FDCWD, other.toString(), RENAME_EXCHANGE);
    } catch (LastErrorException e) {
      throw new IOException("cannot exchange " + one + " and " + other + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes back and commits a whole file system, and waits for it (syncfs(2)); on btrfs this
   * commits the transaction.
   *
   * @param directory any directory of the file system
   * @throws IOException if something could not be written
   */
  public static void sync(Path directory) throws IOException {
    try {
      int descriptor = Calls.INSTANCE.open(directory.toString(), O_RDONLY_CLOEXEC);
      try {
        Calls.INSTANCE.syncfs(descriptor);
      } finally {
        Calls.INSTANCE.close(descriptor);
      }
    } catch (LastErrorException e) {
      throw new IOException("cannot sync " + directory + ": " + e.getMessage(), e);
    }
  }

  /**
   * Locks a file (flock(2)) until the result is closed or this process ends, without waiting.
   *
   * <p>The lock belongs to the open descriptor. The locks of {@link
   * java.nio.channels.FileChannel#tryLock()} belong to the process, which loses them when it opens
   * and closes the same file anywhere else.
   *
   * @param file an existing file
   * @return the lock, or empty if someone else holds it, be it in this process
   * @throws IOException if the file cannot be locked
   */
  public static Optional<Lock> lock(Path file) throws IOException {
    try {
      int descriptor = Calls.INSTANCE.open(file.toString(), O_RDONLY_CLOEXEC);
      try {
        Calls.INSTANCE.flock(descriptor, LOCK_EX_NB);
        return Optional.of(() -> unlock(descriptor));
      } catch (LastErrorException e) {
        Calls.INSTANCE.close(descriptor);
        if (e.getErrorCode() == EWOULDBLOCK) {
          return Optional.empty();
        }
        throw e;
      }
    } catch (LastErrorException e) {
      throw new IOException("cannot lock " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * To close the descriptor is not enough: a process that was just forked from this one, and has
   * not become another program yet, holds a copy of it, and with that the lock.
   */
  private static void unlock(int descriptor) {
    Calls.INSTANCE.flock(descriptor, LOCK_UN);
    Calls.INSTANCE.close(descriptor);
  }

  /** A lock that is held until it is closed. */
  @FunctionalInterface
  public interface Lock extends AutoCloseable {
    @Override
    void close();
  }

  /** The C library, called through JNA. */
  public interface Calls extends Library {
    /** The loaded library. */
    Calls INSTANCE = Native.load("c", Calls.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));

    /**
     * See renameat2(2).
     *
     * @param oldDirectory a directory's descriptor
     * @param oldPath a path
     * @param newDirectory a directory's descriptor
     * @param newPath a path
     * @param flags the flags
     * @return 0
     * @throws LastErrorException if the call fails
     */
    int renameat2(int oldDirectory, String oldPath, int newDirectory, String newPath, int flags)
        throws LastErrorException;

    /**
     * See open(2).
     *
     * @param path a path
     * @param flags the flags
     * @return a descriptor
     * @throws LastErrorException if the call fails
     */
    int open(String path, int flags) throws LastErrorException;

    /**
     * See open(2).
     *
     * @param path a path
     * @param flags the flags
     * @param mode the permissions of a new file
     * @return a descriptor
     * @throws LastErrorException if the call fails
     */
    int open(String path, int flags, int mode) throws LastErrorException;

    /**
     * See linkat(2).
     *
     * @param oldDirectory a directory's descriptor
     * @param oldPath a path
     * @param newDirectory a directory's descriptor
     * @param newPath a path
     * @param flags the flags
     * @return 0
     * @throws LastErrorException if the call fails
     */
    int linkat(int oldDirectory, String oldPath, int newDirectory, String newPath, int flags)
        throws LastErrorException;

    /**
     * See syncfs(2).
     *
     * @param descriptor a descriptor
     * @return 0
     * @throws LastErrorException if the call fails
     */
    int syncfs(int descriptor) throws LastErrorException;

    /**
     * See flock(2).
     *
     * @param descriptor a descriptor
     * @param operation what to do
     * @return 0
     * @throws LastErrorException if the call fails
     */
    int flock(int descriptor, int operation) throws LastErrorException;

    /**
     * See ioctl(2).
     *
     * @param descriptor a descriptor
     * @param request the number of the request
     * @param argument what the request takes and gives
     * @return 0
     * @throws LastErrorException if the call fails
     */
    int ioctl(int descriptor, NativeLong request, Pointer argument) throws LastErrorException;

    /**
     * See close(2).
     *
     * @param descriptor a descriptor
     * @return 0
     * @throws LastErrorException if the call fails
     */
    int close(int descriptor) throws LastErrorException;
  }
}
