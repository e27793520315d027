package io.overc.btrfs.fs;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The two system calls that the JDK does not offer: exchanging two names in one step, and
 * committing a file system. No tool on Debian 12 does the first.
 */
public final class Libc {
  private static final int AT_FDCWD = -100;
  private static final int RENAME_EXCHANGE = 2;
  private static final int O_RDONLY_DIRECTORY_CLOEXEC = 0x90000;

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
      int descriptor = Calls.INSTANCE.open(directory.toString(), O_RDONLY_DIRECTORY_CLOEXEC);
      try {
        Calls.INSTANCE.syncfs(descriptor);
      } finally {
        Calls.INSTANCE.close(descriptor);
      }
    } catch (LastErrorException e) {
      throw new IOException("cannot sync " + directory + ": " + e.getMessage(), e);
    }
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
     * See syncfs(2).
     *
     * @param descriptor a descriptor
     * @return 0
     * @throws LastErrorException if the call fails
     */
    int syncfs(int descriptor) throws LastErrorException;

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
