package io.overc.lxc;

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
final class Disk {
  private Disk() {}

  static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  static void directories(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw failed("create the directory " + path, e);
    }
  }

  /** Renames within a file system; the target must not exist. */
  static void rename(Path from, Path to) {
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
  static void draft(Path file, String text) {
    try {
      directories(parent(file));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw failed("write " + file, e);
    }
  }

  /** Makes the files that lie directly in a directory durable, under the names they have. */
  static void settle(Path directory) {
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
  static boolean sameFileSystem(Path one, Path other) {
    try {
      return Files.getAttribute(one, "unix:dev").equals(Files.getAttribute(other, "unix:dev"));
    } catch (IOException e) {
      throw failed("compare the file systems of " + one + " and " + other, e);
    }
  }

  /** Replaces a file so that a reader, or a power cut, sees the old or the new one. */
  static void write(Path file, String text) {
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
  static Optional<String> read(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read " + file, e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed("delete " + file, e);
    }
  }

  /** Lists a directory, sorted; one that is missing, or is none, has nothing in it. */
  static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("list " + directory, e);
    }
  }

  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  static OvercException failed(String attempt, IOException e) {
    if (e instanceof AccessDeniedException) {
      return new UnavailableException(
          "Could not "
              + attempt
              + ": permission denied; run as root, or set lxc.path to a directory of your own");
    }
    return new OvercException("Could not " + attempt + ": " + e, e);
  }
}
