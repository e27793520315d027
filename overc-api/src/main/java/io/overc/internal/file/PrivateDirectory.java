package io.overc.internal.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A directory of this user that others can neither enter nor write: even where they can write
 * around it, nothing in it is exchanged for a link, and nothing is seen before its mode is right.
 */
public final class PrivateDirectory {
  private static final String MODE = "rwx------";

  private PrivateDirectory() {}

  /** Makes one; fails if something has the name. */
  public static Path make(Path directory) throws IOException {
    FileAttribute<?>[] mode =
        hasModes(directory)
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE))
            }
            : new FileAttribute<?>[0];
    return Files.createDirectory(directory, mode);
  }

  /** Makes one, unless there is a directory, and what it is in. */
  public static void ensure(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory.resolveSibling(""));
      try {
        make(directory);
      } catch (FileAlreadyExistsException e) {
        // Somebody was faster; what is no directory fails where it is used.
      }
    }
  }

  /** {@return whether it is one, and no link to one} */
  public static boolean is(Path directory) throws IOException {
    return !hasModes(directory)
        || (Owners.isOurs(directory)
            && PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))
                .equals(MODE));
  }

  /** Takes a file in one, which another program made, from all but its owner. */
  public static void keepForOwner(Path file) throws IOException {
    if (hasModes(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static boolean hasModes(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
