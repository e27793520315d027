package io.overc.internal.file;

import io.overc.internal.linux.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Tells whose files are: only this user's and root's are trusted. */
public final class Owners {
  private static final String USER = System.getProperty("user.name", "");

  private Owners() {}

  public static boolean isRoot() {
    return Libc.available() ? Libc.geteuid() == 0 : USER.equals("root");
  }

  public static boolean isTrusted(int owner) {
    return owner == 0 || owner == Libc.geteuid();
  }

  public static boolean isOurs(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (Libc.available()) {
      return isTrusted((int) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }
    return Set.of("root", USER)
        .contains(Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName());
  }

  public static boolean isOpenToOthers(Path directory) throws IOException {
    Set<PosixFilePermission> permissions =
        Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
    return permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }
}
