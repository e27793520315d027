package io.overc.internal.packages;

import io.overc.error.OvercException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Removes a lock file that nobody holds. Such a file locks by being there, so one that a killed run
 * left behind would lock for ever, also in each snapshot that is made of its root.
 *
 * <p>Who holds it has it open. Is any such file open in any process, everything stays as it is: the
 * package manager then says itself that it is locked, and a snapshot of what it is just doing is
 * not upgraded.
 */
final class StaleLock {
  private static final Path PROCESSES = Path.of("/proc");

  private StaleLock() {}

  static void remove(Path root, Path lock, Consumer<String> lines) {
    Path at = root;
    for (Path part : lock) {
      at = at.resolve(part);
      // A link may lead out of the root, to the lock of this machine.
      if (Files.isSymbolicLink(at)) {
        return;
      }
    }
    if (Files.exists(at, LinkOption.NOFOLLOW_LINKS) && !isOpen(lock)) {
      try {
        Files.deleteIfExists(at);
      } catch (IOException e) {
        throw new OvercException("Could not remove the stale lock " + at + ": " + e, e);
      }
      lines.accept("removed /" + lock + ", which a killed run had left behind");
    }
  }

  private static boolean isOpen(Path lock) {
    return entries(PROCESSES, "[0-9]*").stream()
        .flatMap(process -> entries(process.resolve("fd"), "*").stream())
        .anyMatch(descriptor -> leadsTo(descriptor, lock));
  }

  private static boolean leadsTo(Path descriptor, Path lock) {
    try {
      return Files.readSymbolicLink(descriptor).endsWith(lock);
    } catch (IOException e) {
      return false; // Closed meanwhile.
    }
  }

  private static List<Path> entries(Path directory, String glob) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
      stream.forEach(entries::add);
    } catch (IOException | DirectoryIteratorException e) {
      return entries; // The process ended meanwhile.
    }
    return entries;
  }
}
