package io.overc.internal.linux;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What the kernel says about a file (statx(2)).
 *
 * @param mode type and permissions
 * @param owner the owner's number
 * @param group the group's number
 * @param links how many names it has
 * @param inode its number in its file system
 * @param device the number of its file system, made of major and minor
 * @param size in bytes
 */
public record FileStatus(
    int mode, int owner, int group, long links, long inode, long device, long size) {
  private static final int BASIC = 0x7ff;
  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;

  /**
   * Reads the status of an open file.
   *
   * @param descriptor its descriptor
   * @param file its name, for the error
   * @return its status
   * @throws IOException if it cannot be read
   */
  public static FileStatus of(int descriptor, Path file) throws IOException {
    return read(descriptor, new byte[1], Libc.AT_EMPTY_PATH, file);
  }

  /**
   * Reads the status of a path; a link is not followed.
   *
   * @param file the path
   * @return its status
   * @throws IOException if it cannot be read
   */
  public static FileStatus of(Path file) throws IOException {
    return read(Libc.AT_FDCWD, RawPath.terminated(file), Libc.AT_SYMLINK_NOFOLLOW, file);
  }

  /**
   * Tells whether it is a regular file.
   *
   * @return false for directories, links, devices, pipes and sockets
   */
  public boolean isRegular() {
    return (mode & TYPE) == REGULAR;
  }

  /**
   * Tells whether two statuses are of one file.
   *
   * @param other the status of another, or the same
   * @return whether file system and inode are the same
   */
  public boolean isSameFile(FileStatus other) {
    return device == other.device && inode == other.inode;
  }

  /**
   * Names the type of file that a mode says.
   *
   * @param mode type and permissions
   * @return such as "a directory"
   */
  public static String typeOf(int mode) {
    return switch (mode & TYPE) {
      case REGULAR -> "a file";
      case 0040000 -> "a directory";
      case 0120000 -> "a symbolic link";
      case 0010000 -> "a FIFO";
      case 0140000 -> "a socket";
      default -> "a device";
    };
  }

  private static FileStatus read(int directory, byte[] path, int flags, Path file)
      throws IOException {
    NativeBuffer status = new NativeBuffer(256);
    if (Libc.statx(directory, path, flags, BASIC, status.address()) != 0) {
      throw Errno.failure("examine", file);
    }
    var bytes = status.bytes();
    return new FileStatus(
        Short.toUnsignedInt(bytes.getShort(28)),
        bytes.getInt(20),
        bytes.getInt(24),
        Integer.toUnsignedLong(bytes.getInt(16)),
        bytes.getLong(32),
        (long) bytes.getInt(136) << 32 | bytes.getInt(140),
        bytes.getLong(40));
  }
}
