package io.overc.internal.tree;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.ExtendedAttributes;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Gives a copy what its original has beside content: owner, extended attributes, mode and times, in
 * this order, for a change of owner takes set-user-ID and capabilities away. Not thread-safe.
 */
final class Metadata {
  private static final int SET_ID = 06000;
  private static final String ACCESS_CONTROL = "system.posix_acl_";

  private final ExtendedAttributes reader = new ExtendedAttributes();
  private final NativeBuffer value = new NativeBuffer(ExtendedAttributes.LONGEST);
  private final NativeBuffer times = new NativeBuffer(32);

  void complete(FileStatus status, int original, int copy, Supplier<Path> from, Supplier<Path> to)
      throws IOException {
    boolean owned = owned(Libc.fchown(copy, status.owner(), status.group()), to);
    if (!owned) {
      Libc.fchown(copy, -1, status.group());
    }
    attributes(ExtendedAttributes.File.of(original), ExtendedAttributes.File.of(copy), from, to);
    require(Libc.fchmod(copy, mode(status, owned)), "set the mode", to);
    status.putTimes(times);
    try {
      require(Libc.futimens(copy, times.address()), "set the times", to);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Completes what cannot be opened, such as a link or a device. */
  void complete(FileStatus status, CopiedEntry entry) throws IOException {
    int twin = entry.twin();
    byte[] copy = entry.copy();
    Supplier<Path> to = entry::to;
    int nofollow = Libc.AT_SYMLINK_NOFOLLOW;
    boolean owned = owned(Libc.fchownat(twin, copy, status.owner(), status.group(), nofollow), to);
    if (!owned) {
      Libc.fchownat(twin, copy, -1, status.group(), nofollow);
    }
    attributes(
        ExtendedAttributes.File.of(entry.source(), entry.name()),
        ExtendedAttributes.File.of(twin, entry.copyName()),
        entry::from,
        to);
    if (status.type() != FileStatus.LINK) {
      int error = Changes.chmod(twin, copy, mode(status, owned));
      if (error != 0) {
        throw Errno.failure(error, "set the mode", to.get(), null);
      }
    }
    status.putTimes(times);
    try {
      require(Libc.utimensat(twin, copy, times.address(), nofollow), "set the times", to);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Takes back what a new file inherits from the directory in which it is made. */
  void forgetInherited(int copy, Supplier<Path> to) throws IOException {
    ExtendedAttributes.File file = ExtendedAttributes.File.of(copy);
    for (String name : reader.names(file, to)) {
      if (name.startsWith(ACCESS_CONTROL)) {
        require(file.remove(name), "remove " + name, to);
      }
    }
  }

  private void attributes(
      ExtendedAttributes.File original,
      ExtendedAttributes.File copy,
      Supplier<Path> from,
      Supplier<Path> to)
      throws IOException {
    Set<String> names = reader.names(original, from);
    for (String name : names) {
      long length = reader.read(original, name, value);
      if (length < 0) {
        if (Errno.last() == Errno.ENODATA) {
          continue; // Removed meanwhile.
        }
        throw Errno.failure("read the attribute " + name, from.get());
      }
      // As cp does: some only root may set, and some no other file system knows.
      if (copy.set(name, value.copy(0, (int) length)) != 0
          && Errno.last() != Errno.EPERM
          && Errno.last() != Errno.EOPNOTSUPP) {
        throw Errno.failure("set the attribute " + name, to.get());
      }
    }
  }

  // Whoever does not own a copy must not lend its user to others.
  private static int mode(FileStatus status, boolean owned) {
    return owned ? status.permissions() : status.permissions() & ~SET_ID;
  }

  // Only root may give files away, and only to users that its name space knows.
  private static boolean owned(int result, Supplier<Path> to) throws IOException {
    int error = result == 0 ? 0 : Errno.last();
    if (error != 0 && error != Errno.EPERM && error != Errno.EINVAL) {
      throw Errno.failure(error, "set the owner", to.get(), null);
    }
    return result == 0;
  }

  private static void require(int result, String attempt, Supplier<Path> shown) throws IOException {
    if (result != 0) {
      throw Errno.failure(attempt, shown.get());
    }
  }
}
