package io.overc.internal.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.overc.error.RefusedException;
import io.overc.internal.file.Owners;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where the locks of things are that lie in places of others, or that are no files: containers of
 * another user, those of an engine, image files. A lock is found by a hash of what is locked, and
 * its file is deleted when it is released, since what is locked may never be seen again.
 *
 * <p>For root it is {@code /run/overc/lock}, for others {@code $XDG_RUNTIME_DIR/overc/lock} or
 * {@code ~/.cache/overc/lock}, each for its owner only. So root and a user do not keep each other
 * out, but neither can anybody hold a lock against root.
 */
public final class LockDirectory {
  private static final Path RUN = Path.of("/run");

  private final Path directory;
  private final LockPlace place;

  private LockDirectory(Path directory, LockPlace place) {
    this.directory = directory;
    this.place = place;
  }

  /** Returns this user's own; it is made if it is missing. */
  public static LockDirectory standard() throws IOException {
    return within(base());
  }

  /** Returns the one that the caller chose and answers for. */
  public static LockDirectory at(Path directory) {
    return new LockDirectory(directory, LockPlace.CHOSEN);
  }

  static LockDirectory within(Path base) throws IOException {
    Path directory = own(own(base.resolve("overc")).resolve("lock"));
    return new LockDirectory(directory, LockPlace.PRIVATE);
  }

  /**
   * Names a lock: by the begin of its file's name, what is locked (for {@link
   * io.overc.error.BusyException}), and what tells it from all others of that name.
   */
  public LockFile lock(String name, String subject, String... identity) {
    String file = name.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + hash(String.join("\0", identity));
    return new LockFile(directory.resolve(file), subject, place, true);
  }

  private static Path base() throws IOException {
    if (Owners.isRoot() && Files.isDirectory(RUN)) {
      return RUN;
    }
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    if (runtime != null && runtime.startsWith("/") && Owners.isOurs(Path.of(runtime))) {
      return Path.of(runtime);
    }
    Path home = Path.of(System.getProperty("user.home", ""));
    if (home.isAbsolute() && Owners.isOurs(home)) {
      return Files.createDirectories(home.resolve(".cache"));
    }
    String user = Libc.available() ? "" + Libc.geteuid() : System.getProperty("user.name", "");
    return own(Path.of(System.getProperty("java.io.tmpdir"), "overc-" + user));
  }

  private static Path own(Path directory) throws IOException {
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      if (!Owners.isOurs(directory) || Owners.isOpenToOthers(directory)) {
        throw new RefusedException(
            "Cannot keep locks in "
                + RawPath.shown(directory)
                + ": it must be a directory of this user or root, writable for its owner only;"
                + " remove it and try again");
      }
    }
    return directory;
  }

  private static String hash(String identity) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
