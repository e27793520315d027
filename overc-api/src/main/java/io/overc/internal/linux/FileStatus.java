package io.overc.internal.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The status of a file as statx(2) returns it, whose layout is the same on every architecture. One
 * object is read into again and again, which costs no memory. Not thread-safe.
 */
public final class FileStatus {
  // The types of files, see inode(7).
  public static final int FIFO = 0010000;
  public static final int CHARACTER_DEVICE = 0020000;
  public static final int DIRECTORY = 0040000;
  public static final int BLOCK_DEVICE = 0060000;
  public static final int REGULAR = 0100000;
  public static final int LINK = 0120000;
  public static final int SOCKET = 0140000;

  private static final int TYPE = 0170000;
  private static final int BASIC_STATS_BTIME_MNT_ID = 0x7ff | 0x800 | 0x1000;
  private static final int MNT_ID = 0x1000;
  private static final int IMMUTABLE_OR_APPEND = 0x10 | 0x20;
  private static final int BLOCK = 512;

  // Where a struct statx has them.
  private static final int ATIME = 64;
  private static final int BTIME = 80;
  private static final int CTIME = 96;
  private static final int MTIME = 112;
  private static final int RDEV = 128;
  private static final int DEVICE = 136;
  private static final int SIZE = 256;

  // The empty path, with which the status is that of the descriptor.
  private static final NativeBuffer EMPTY = new NativeBuffer(1);

  private final NativeBuffer buffer = new NativeBuffer(SIZE);
  private final ByteBuffer bytes = buffer.bytes();

  public FileStatus() {}

  public static FileStatus of(int descriptor, Path file) throws IOException {
    FileStatus status = new FileStatus();
    if (!status.read(descriptor)) {
      throw Errno.failure("read the status of", file);
    }
    return status;
  }

  /** Reads the status of a path; a link is not followed. */
  public static FileStatus of(Path file) throws IOException {
    FileStatus status = new FileStatus();
    if (!status.read(file)) {
      throw Errno.failure("read the status of", file);
    }
    return status;
  }

  /**
   * Reads the status of a path that may be missing; a link is not followed.
   *
   * @return empty if there is no such file
   */
  public static Optional<FileStatus> find(Path file) throws IOException {
    FileStatus status = new FileStatus();
    if (status.read(file)) {
      return Optional.of(status);
    }
    if (isAbsence(Errno.last())) {
      return Optional.empty();
    }
    throw Errno.failure("read the status of", file);
  }

  private boolean read(Path file) {
    int flags = Libc.AT_SYMLINK_NOFOLLOW | Libc.AT_NO_AUTOMOUNT;
    byte[] path = RawPath.terminated(file);
    return Libc.statx(Libc.AT_FDCWD, path, flags, BASIC_STATS_BTIME_MNT_ID, buffer.address()) == 0;
  }

  private static boolean isAbsence(int error) {
    return error == Errno.ENOENT || error == Errno.ENOTDIR;
  }

  /** {@return what a mode says, such as "a directory"} */
  public static String typeOf(int mode) {
    return switch (mode & TYPE) {
      case REGULAR -> "a file";
      case DIRECTORY -> "a directory";
      case LINK -> "a symbolic link";
      case FIFO -> "a FIFO";
      case SOCKET -> "a socket";
      default -> "a device";
    };
  }

  public boolean isRegular() {
    return type() == REGULAR;
  }

  public boolean isSameFile(FileStatus other) {
    return device() == other.device() && inode() == other.inode();
  }

  /** Reads the status of a path; a link is not followed. Returns false if there is no such file. */
  public boolean read(int directory, long path, Supplier<Path> shown) throws IOException {
    int flags = Libc.AT_SYMLINK_NOFOLLOW | Libc.AT_NO_AUTOMOUNT;
    if (Libc.statx(directory, path, flags, BASIC_STATS_BTIME_MNT_ID, buffer.address()) == 0) {
      return true;
    }
    int error = Errno.last();
    if (isAbsence(error)) {
      return false;
    }
    throw Errno.failure(error, "read the status", shown.get(), null);
  }

  public boolean read(int descriptor) {
    return Libc.statx(
            descriptor,
            EMPTY.address(),
            Libc.AT_EMPTY_PATH,
            BASIC_STATS_BTIME_MNT_ID,
            buffer.address())
        == 0;
  }

  public int type() {
    return mode() & TYPE;
  }

  /** {@return type and permissions, as st_mode has them} */
  public int mode() {
    return Short.toUnsignedInt(bytes.getShort(28));
  }

  /** {@return the permissions, with set-user-ID, set-group-ID and sticky bit: 12 bits} */
  public int permissions() {
    return mode() & 07777;
  }

  public int links() {
    return bytes.getInt(16);
  }

  public int owner() {
    return bytes.getInt(20);
  }

  public int group() {
    return bytes.getInt(24);
  }

  public long size() {
    return bytes.getLong(40);
  }

  /**
   * {@return the bytes that the content takes on the disk; fewer than the size for a file with
   * holes}
   */
  public long allocated() {
    return bytes.getLong(48) * BLOCK;
  }

  public long inode() {
    return bytes.getLong(32);
  }

  /** {@return the file system's number; each subvolume of btrfs has its own} */
  public long device() {
    return bytes.getLong(DEVICE);
  }

  /** {@return the mount's number; on kernels before 5.8 that of the file system} */
  public long mount() {
    return (bytes.getInt(0) & MNT_ID) != 0 ? bytes.getLong(144) : device();
  }

  public boolean isDevice() {
    return type() == CHARACTER_DEVICE || type() == BLOCK_DEVICE;
  }

  /** {@return the device's number as mknod(2) takes it} */
  public long deviceNumber() {
    long major = Integer.toUnsignedLong(bytes.getInt(RDEV));
    long minor = Integer.toUnsignedLong(bytes.getInt(RDEV + 4));
    return ((major & 0xfff) << 8)
        | ((major & ~0xfffL) << 32)
        | (minor & 0xff)
        | ((minor & ~0xffL) << 12);
  }

  /** {@return whether it is a character device 0/0, which overlayfs takes for a deleted file} */
  public boolean isWhiteout() {
    return type() == CHARACTER_DEVICE && bytes.getLong(RDEV) == 0;
  }

  /** {@return whether the file is immutable or append-only, see chattr(1)} */
  public boolean isImmutable() {
    return (bytes.getLong(8) & IMMUTABLE_OR_APPEND) != 0;
  }

  /** {@return when the content changed last, in nanoseconds since 1970} */
  public long modified() {
    return nanos(MTIME);
  }

  public long changed() {
    return nanos(CTIME);
  }

  /** {@return when the file was made, in nanoseconds since 1970; 0 if unknown} */
  public long born() {
    return nanos(BTIME);
  }

  /** Writes the times of access and modification as futimens(2) takes them, in 32 bytes. */
  public void putTimes(NativeBuffer times) {
    for (int i = 0; i < 2; i++) {
      int from = i == 0 ? ATIME : MTIME;
      times.bytes().putLong(16 * i, bytes.getLong(from));
      times.bytes().putLong(16 * i + 8, bytes.getInt(from + 8));
    }
  }

  public boolean sameOwner(FileStatus other) {
    return same(other, 20);
  }

  public boolean sameDevice(FileStatus other) {
    return same(other, RDEV);
  }

  /** {@return whether nobody changed or replaced the file between two readings} */
  public boolean sameState(FileStatus other) {
    return same(other, DEVICE)
        && same(other, 32)
        && same(other, 16)
        && same(other, 24)
        && same(other, 40)
        && sameTime(other, CTIME)
        && sameTime(other, MTIME);
  }

  private boolean same(FileStatus other, int offset) {
    return bytes.getLong(offset) == other.bytes.getLong(offset);
  }

  private boolean sameTime(FileStatus other, int offset) {
    return same(other, offset) && bytes.getInt(offset + 8) == other.bytes.getInt(offset + 8);
  }

  private long nanos(int offset) {
    return bytes.getLong(offset) * 1_000_000_000L + bytes.getInt(offset + 8);
  }
}
