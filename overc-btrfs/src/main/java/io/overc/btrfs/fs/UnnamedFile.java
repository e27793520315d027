package io.overc.btrfs.fs;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file that has no name yet (open(2), O_TMPFILE): if this process ends or the power goes before
 * it gets one, nothing is left of it.
 */
public final class UnnamedFile implements AutoCloseable {
  private static final int FLAGS = OpenFlags.RDWR | OpenFlags.CLOEXEC | OpenFlags.TMPFILE;
  private static final int OWNER_ONLY = 0600;
  private static final int ATTEMPTS = 64;

  /** How many inodes fit into a block at most: a block has 4 KiB, an inode 128 bytes or more. */
  private static final long INODES_IN_A_BLOCK = 32;

  private final int descriptor;

  private UnnamedFile(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Makes a file on the file system of a directory. Its inode is not in the same block of the disk
   * as that of the directory, so that a sync of the directory writes the name of the file without
   * its inode.
   *
   * @param directory where its name will be
   * @return an empty file, or nothing if the file system has no such files
   * @throws IOException if it cannot be made
   */
  public static Optional<UnnamedFile> in(Path directory) throws IOException {
    if (!Libc.available()) {
      return Optional.empty();
    }
    List<UnnamedFile> tooNear = new ArrayList<>();
    try {
      while (true) {
        int descriptor =
            Libc.openat(Libc.AT_FDCWD, RawPath.terminated(directory), FLAGS, OWNER_ONLY);
        if (descriptor < 0) {
          return Optional.empty();
        }
        UnnamedFile file = new UnnamedFile(descriptor);
        if (tooNear.size() == ATTEMPTS || block(file.path()) != block(directory)) {
          return Optional.of(file);
        }
        tooNear.add(file);
      }
    } finally {
      tooNear.forEach(UnnamedFile::close);
    }
  }

  private static long block(Path file) throws IOException {
    return ((long) Files.getAttribute(file, "unix:ino") - 1) / INODES_IN_A_BLOCK;
  }

  /**
   * Returns how to get at it while it is open.
   *
   * @return a path that can be opened
   */
  public Path path() {
    return Path.of("/proc/self/fd", Integer.toString(descriptor));
  }

  /**
   * Gives it a name (linkat(2)).
   *
   * @param name a path that does not exist, in the same file system
   * @throws IOException if it is taken or cannot be made
   */
  public void giveName(Path name) throws IOException {
    if (Libc.linkat(
            Libc.AT_FDCWD,
            RawPath.terminated(path()),
            Libc.AT_FDCWD,
            RawPath.terminated(name),
            Libc.AT_SYMLINK_FOLLOW)
        != 0) {
      throw Errno.failure("name", name);
    }
  }

  @Override
  public void close() {
    Libc.close(descriptor);
  }
}
