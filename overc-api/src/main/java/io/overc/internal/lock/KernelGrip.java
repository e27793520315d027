package io.overc.internal.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.overc.error.RefusedException;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.linux.Errno;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A lock by flock(2). It belongs to the open descriptor: nothing else that this process does with
 * the file, reading it elsewhere included, lets go of it. An open-file-description lock beside it
 * excludes processes that have only the JDK's locks ({@link ChannelGrip}), which flock(2) does not
 * see.
 */
final class KernelGrip implements Grip {
  private static final int FLAGS =
      OpenFlags.RDWR
          | OpenFlags.CREAT
          | OpenFlags.NOFOLLOW
          | OpenFlags.NONBLOCK
          | OpenFlags.CLOEXEC;
  private static final Path LOCKS = Path.of("/proc/locks");
  private static final int LONGEST = 64 << 20;
  private static final Pattern PID = Pattern.compile("pid (\\d{1,10}):");
  private static final int OWNER_ONLY = 0600;
  private static final int LONGEST_HOLDER = 512;
  private static final int SIZE_OF_RANGE = 32;
  private static final short WRITE_LOCK = 1;
  private static final short UNLOCK = 2;

  private final Path file;
  private final int descriptor;
  private final boolean fleeting;

  private KernelGrip(Path file, int descriptor, boolean fleeting) {
    this.file = file;
    this.descriptor = descriptor;
    this.fleeting = fleeting;
  }

  /** Takes the lock; empty if somebody has it. */
  static Optional<Grip> take(Path file, LockPlace place, boolean fleeting) throws IOException {
    while (true) {
      KernelGrip grip = open(file, place, fleeting);
      boolean held = false;
      try {
        if (!grip.lock()) {
          return Optional.empty();
        }
        held = grip.isStillThere();
        if (held) {
          return Optional.of(grip);
        }
      } finally {
        if (!held) {
          grip.unlock();
        }
      }
    }
  }

  private boolean lock() throws IOException {
    if (Libc.flock(descriptor, Libc.LOCK_EX_NB) != 0) {
      if (Errno.last() == Errno.EAGAIN) {
        return false;
      }
      throw Errno.failure("lock", file);
    }
    // Where the file system has no such locks, nobody else can have one.
    return range(WRITE_LOCK) == 0 || (Errno.last() != Errno.EAGAIN && Errno.last() != Errno.EACCES);
  }

  /** Locks the whole file, however long, for its open description; or unlocks it. */
  private int range(short type) {
    NativeBuffer range = new NativeBuffer(SIZE_OF_RANGE);
    range.bytes().putShort(0, type);
    try {
      return Libc.fcntl(descriptor, Libc.F_OFD_SETLK, range.address());
    } finally {
      Reference.reachabilityFence(range);
    }
  }

  private static KernelGrip open(Path file, LockPlace place, boolean fleeting) throws IOException {
    int descriptor = Libc.openat(Libc.AT_FDCWD, RawPath.terminated(file), FLAGS, OWNER_ONLY);
    if (descriptor < 0) {
      int error = Errno.last();
      place.refuseOccupied(file);
      throw Errno.failure(error, "open the lock file", file, null);
    }
    try {
      FileStatus status = FileStatus.of(descriptor, file);
      place.check(file, status);
      if ((status.mode() & 07777) != OWNER_ONLY) {
        Libc.fchmod(descriptor, OWNER_ONLY); // Another's, or a file system without modes: no harm.
      }
      return new KernelGrip(file, descriptor, fleeting);
    } catch (IOException | RefusedException e) {
      Libc.close(descriptor);
      throw e;
    }
  }

  // Its holder may have deleted the file between its opening here and its locking.
  private boolean isStillThere() throws IOException {
    try {
      return FileStatus.of(file).isSameFile(FileStatus.of(descriptor, file));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  static String holder(Path file) {
    int flags = OpenFlags.NOFOLLOW | OpenFlags.NONBLOCK | OpenFlags.CLOEXEC;
    int descriptor = Libc.openat(Libc.AT_FDCWD, RawPath.terminated(file), flags, 0);
    if (descriptor < 0) {
      return "";
    }
    try {
      NativeBuffer text = new NativeBuffer(LONGEST_HOLDER);
      long length = Libc.pread(descriptor, text.address(), text.size(), 0);
      return new String(text.copy(0, (int) Math.max(0, length)), UTF_8);
    } finally {
      Libc.close(descriptor);
    }
  }

  // Tells whether a file is locked by the process that says so in it. The device is not compared:
  // on btrfs the list has another one than the status of the file.
  static boolean isHeld(Path file) throws IOException {
    Matcher pid = PID.matcher(holder(file));
    Pattern held =
        Pattern.compile(
            "FLOCK +ADVISORY +WRITE +%s \\S+:%s "
                .formatted(pid.lookingAt() ? pid.group(1) : "\\d+", FileStatus.of(file).inode()));
    return BoundedFiles.lines(LOCKS, LONGEST).stream().anyMatch(line -> held.matcher(line).find());
  }

  @Override
  public void tell(byte[] holder) throws IOException {
    NativeBuffer text = new NativeBuffer(holder.length);
    text.bytes().put(0, holder);
    if (Libc.ftruncate(descriptor, 0) != 0
        || Libc.pwrite(descriptor, text.address(), text.size(), 0) != text.size()) {
      throw Errno.failure("write", file);
    }
  }

  @Override
  public void release() throws IOException {
    try {
      if (fleeting && isStillThere()) {
        Libc.unlinkat(Libc.AT_FDCWD, RawPath.terminated(file), 0);
      }
    } finally {
      unlock();
    }
  }

  // Unlocks, then closes. To close is not enough: a process that was just forked from this one, and
  // has not become another program yet, holds a copy of the descriptor, and with that the lock.
  private void unlock() {
    range(UNLOCK);
    Libc.flock(descriptor, Libc.LOCK_UN);
    Libc.close(descriptor);
  }
}
