package io.overc.lxc.disk;

import io.overc.error.OvercException;
import io.overc.error.UnavailableException;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.DurableFiles;
import io.overc.internal.file.IoErrors;
import io.overc.internal.file.LosslessText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads and changes files, and says what was attempted when it fails. */
public final class Disk {
  private static final int LONGEST = 64 << 20;

  private static final Set<PosixFilePermission> CLOSED =
      PosixFilePermissions.fromString("rwxrwx---");

  private Disk() {}

  /** Tells whether there is something of that name, be it a link to nothing. */
  public static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  public static void directories(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw failed("create the directory " + path, e);
    }
  }

  /**
   * Makes a directory that only this user and, through its group, the root of a container may
   * enter: what lies in it may be set-user-ID, or a device.
   */
  public static Path closedDirectory(Path path) {
    directories(parent(path));
    try {
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(CLOSED));
      // Whatever the umask is.
      Files.setPosixFilePermissions(path, CLOSED);
      return path;
    } catch (IOException e) {
      throw failed("create the directory " + path, e);
    }
  }

  /** Renames within a file system; the target must not exist. */
  public static void rename(Path from, Path to) {
    try {
      if (exists(to)) {
        throw new OvercException("Could not rename " + from + ": " + to + " is already there");
      }
      directories(parent(to));
      DurableFiles.rename(from, to);
    } catch (IOException e) {
      throw failed("rename " + from + " to " + to, e);
    }
  }

  public static void replace(Path from, Path to) {
    try {
      DurableFiles.rename(from, to);
    } catch (IOException e) {
      throw failed("rename " + from + " to " + to, e);
    }
  }

  /** Writes a file of something that is synced as a whole before it gets its name. */
  public static void draft(Path file, String text) {
    try {
      directories(parent(file));
      Files.write(file, LosslessText.encode(text));
    } catch (IOException e) {
      throw failed("write " + file, e);
    }
  }

  /** Makes the files that lie directly in a directory durable, under the names they have. */
  public static void syncFiles(Path directory) {
    try {
      for (Path file : list(directory)) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          DurableFiles.sync(file);
        }
      }
      DurableFiles.syncDirectory(directory);
    } catch (IOException e) {
      throw failed("write " + directory + " to the disk", e);
    }
  }

  /** Tells whether a rename from one directory to the other is possible. */
  public static boolean sameFileSystem(Path one, Path other) {
    try {
      return Files.getAttribute(one, "unix:dev").equals(Files.getAttribute(other, "unix:dev"));
    } catch (IOException e) {
      throw failed("compare the file systems of " + one + " and " + other, e);
    }
  }

  /** Replaces a file so that a reader, or a power cut, sees the old or the new one. */
  public static void write(Path file, String text) {
    try {
      directories(parent(file));
      DurableFiles.write(file, LosslessText.encode(text));
    } catch (IOException e) {
      throw failed("write " + file, e);
    }
  }

  /** Reads a file in which bytes that are no UTF-8 do no harm; they are replaced. */
  public static Optional<String> read(Path file) {
    return bytes(file, LONGEST).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** Reads a config or the like, which is written again: bytes that are no UTF-8 stay as is. */
  public static Optional<String> readLossless(Path file) {
    return bytes(file, BoundedFiles.SMALL).map(LosslessText::decode);
  }

  /** Reads what lies in a snapshot and is shown, or goes out with it: no file elsewhere. */
  public static Optional<String> readLabel(Path file) {
    return bytes(file, BoundedFiles.SMALL, LinkOption.NOFOLLOW_LINKS).map(LosslessText::decode);
  }

  private static Optional<byte[]> bytes(Path file, int limit, LinkOption... links) {
    try {
      return BoundedFiles.readIfExists(file, limit, links);
    } catch (IOException e) {
      throw failed("read " + file, e);
    }
  }

  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed("delete " + file, e);
    }
  }

  /** Deletes a file, or an empty directory, if it is there; a power cut does not bring it back. */
  public static void deleteDurably(Path file) {
    try {
      DurableFiles.delete(file);
    } catch (IOException e) {
      throw failed("delete " + file, e);
    }
  }

  /** Lists a directory, sorted; one that is missing, or is none, has nothing in it. */
  public static List<Path> list(Path directory) {
    return entries(directory).stream().sorted().toList();
  }

  /** Lists the names in a directory; one that is missing, or is none, has none. */
  public static Set<String> names(Path directory) {
    Set<String> names = new HashSet<>();
    entries(directory).forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    return names;
  }

  private static List<Path> entries(Path directory) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      files.forEach(entries::add);
      return entries;
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw failed("list " + directory, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw failed("list " + directory, e);
    }
  }

  /** Returns the directory that something is in; of the root, the root. */
  public static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  public static OvercException failed(String attempt, IOException e) {
    if (e instanceof AccessDeniedException) {
      return new UnavailableException(
          "Could not "
              + attempt
              + ": permission denied; run as root, or set lxc.path to a directory of your own");
    }
    return IoErrors.failed(attempt, e);
  }
}
