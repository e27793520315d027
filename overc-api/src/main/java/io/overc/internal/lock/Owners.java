package io.overc.internal.lock;

import io.overc.internal.linux.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Tells whose files are: only this user's and root's are trusted. */
final class Owners {
  private static final String USER = System.getProperty("user.name", "");

  private Owners() {}

  static boolean isRoot() {
    return Libc.available() ? Libc.geteuid() == 0 : USER.equals("root");
  }

  static boolean isTrusted(int owner) {
    return owner == 0 || owner == Libc.geteuid();
  }

  static boolean isOurs(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (Libc.available()) {
      return isTrusted((int) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }
    return Set.of("root", USER)
        .contains(Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName());
  }

  /** Returns what makes a directory one for its owner only, where the file system has modes. */
  static FileAttribute<?>[] only(Path directory) {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  static boolean isOpenToOthers(Path directory) throws IOException {
    Set<PosixFilePermission> permissions =
        Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
    return permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }
}
