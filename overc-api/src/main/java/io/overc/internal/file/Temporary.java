package io.overc.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** Files that become others by a rename. */
final class Temporary {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Temporary() {}

  static Path nameBeside(Path file) {
    return file.resolveSibling(".overc-%016x.tmp".formatted(RANDOM.nextLong()));
  }

  /** Makes a file for its owner only, and never opens one that is there. */
  static FileChannel create(Path fresh) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return hasModes(fresh)
        ? FileChannel.open(
            fresh,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : FileChannel.open(fresh, options);
  }

  /** Gives a file the mode and the owner of the one that it replaces. */
  static void inherit(Path fresh, Path old) throws IOException {
    if (!hasModes(fresh)) {
      return;
    }
    try {
      PosixFileAttributes then =
          Files.readAttributes(old, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (then.isRegularFile()) {
        own(fresh, then);
        allow(fresh, then.permissions());
        return;
      }
    } catch (NoSuchFileException e) {
      // A new one.
    }
    allow(fresh, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private static void allow(Path fresh, Set<PosixFilePermission> permissions) throws IOException {
    try {
      Files.setPosixFilePermissions(fresh, permissions);
    } catch (FileSystemException e) {
      // A vfat has no permissions and refuses to set them.
    }
  }

  private static void own(Path fresh, PosixFileAttributes then) throws IOException {
    PosixFileAttributes now = Files.readAttributes(fresh, PosixFileAttributes.class);
    if (now.owner().equals(then.owner()) && now.group().equals(then.group())) {
      return;
    }
    try {
      Files.setAttribute(fresh, "posix:owner", then.owner());
      Files.setAttribute(fresh, "posix:group", then.group());
    } catch (FileSystemException e) {
      // Only root may give files away; then it belongs to who wrote it, as with any editor.
    }
  }

  private static boolean hasModes(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
