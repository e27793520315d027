package io.overc.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Makes sure that what was written survives a power cut; nothing to do in memory. */
final class Durable {
  private Durable() {}

  static void file(Path file) throws IOException {
    // Opened for reading: the mode that was copied may forbid writing.
    force(file);
  }

  /** Writes the entries of a directory: without that a rename in it may be lost. */
  static void directory(Path directory) throws IOException {
    force(directory);
  }

  /** Renames within a directory; nobody ever sees neither name or half of it. */
  static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    directory(Objects.requireNonNull(to.toAbsolutePath().getParent(), "not the root"));
  }

  private static void force(Path path) throws IOException {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      return;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
