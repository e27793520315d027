package io.overc.lxc.disk;

import io.overc.error.OvercException;
import io.overc.error.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads and changes files, and says what was attempted when it fails. */
public final class Disk {
  private Disk() {}

  /** Tells whether there is something of that name, be it a link to nothing. */
  public static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes a directory, and those above it, where they are missing. */
  public static void directories(Path path) {
    try {
      Files.createDirectories(path);
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
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      force(parent(to));
    } catch (IOException e) {
      throw failed("rename " + from + " to " + to, e);
    }
  }

  /** Writes a file of something that is synced as a whole before it gets its name. */
  public static void draft(Path file, String text) {
    try {
      directories(parent(file));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw failed("write " + file, e);
    }
  }

  /** Makes the files that lie directly in a directory durable, under the names they have. */
  public static void settle(Path directory) {
    try {
      for (Path file : list(directory)) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          force(file);
        }
      }
      force(directory);
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
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      directories(parent(file));
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(parent(file));
    } catch (IOException e) {
      throw failed("write " + file, e);
    }
  }

  /** Reads a file in which bytes that are no UTF-8 do no harm. */
  public static Optional<String> read(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read " + file, e);
    }
  }

  /** Deletes a file, or an empty directory, if it is there. */
  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed("delete " + file, e);
    }
  }

  /** Lists a directory, sorted; one that is missing, or is none, has nothing in it. */
  public static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("list " + directory, e);
    }
  }

  /** Makes a file, or the names in a directory, durable. */
  public static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Returns the directory that something is in; of the root, the root. */
  public static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  /** Returns the error that says what was attempted and why it failed. */
  public static OvercException failed(String attempt, IOException e) {
    if (e instanceof AccessDeniedException) {
      return new UnavailableException(
          "Could not "
              + attempt
              + ": permission denied; run as root, or set lxc.path to a directory of your own");
    }
    return new OvercException("Could not " + attempt + ": " + e, e);
  }
}
