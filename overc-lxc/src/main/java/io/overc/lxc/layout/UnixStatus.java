package io.overc.lxc.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Type, permissions and owner of a file.
 *
 * @param mode type and permissions
 * @param owner its user
 * @param group its group
 * @param device the number of a device, else 0
 */
record UnixStatus(int mode, int owner, int group, long device) {
  static final int REGULAR = 0100000;
  static final int LINK = 0120000;

  private static final int TYPE = 0170000;
  private static final int CHARACTER = 0020000;

  /** Reads it; a symbolic link is not followed. */
  static UnixStatus of(Path file) throws IOException {
    Map<String, Object> values =
        Files.readAttributes(file, "unix:mode,uid,gid,rdev", LinkOption.NOFOLLOW_LINKS);
    return new UnixStatus(
        number(values, "mode").intValue(),
        number(values, "uid").intValue(),
        number(values, "gid").intValue(),
        number(values, "rdev").longValue());
  }

  private static Number number(Map<String, Object> values, String name) {
    return (Number) Objects.requireNonNull(values.get(name));
  }

  int type() {
    return mode & TYPE;
  }

  boolean isWhiteout() {
    return type() == CHARACTER && device == 0;
  }
}
