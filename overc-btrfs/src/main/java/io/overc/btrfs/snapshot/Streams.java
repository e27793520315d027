package io.overc.btrfs.snapshot;

import io.overc.error.VerificationException;
import io.overc.internal.file.DurableFiles;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Moves snapshots to files and back, as streams of {@code btrfs send}. */
final class Streams {
  private final Btrfs btrfs;
  private final SideEffects effects;

  Streams(Btrfs btrfs, SideEffects effects) {
    this.btrfs = btrfs;
    this.effects = effects;
  }

  /** Writes a snapshot; the file has its name only when it is complete. */
  void send(Path snapshot, Path file) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    try {
      effects.run("send", () -> btrfs.send(snapshot, partial));
      effects.run("publish export", () -> DurableFiles.rename(partial, file));
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * Reads a snapshot into a place of its own. A read-only subvolume cannot move from there, so a
   * snapshot of it is what is kept.
   */
  void receive(Path file, Path place, Path kept) throws IOException {
    try {
      effects.run("make place", () -> Files.createDirectory(place));
      effects.run("receive", () -> btrfs.receive(file, place));
      List<Path> received = entries(place);
      if (received.size() != 1) {
        throw new VerificationException(
            "Could not import " + file + ": it holds " + received.size() + " snapshots, not one");
      }
      effects.run("keep", () -> btrfs.snapshot(received.get(0), kept, true));
      effects.run("commit import", () -> DurableFiles.syncFileSystem(kept));
    } finally {
      effects.run("clear place", () -> clear(place));
    }
  }

  void clear(Path place) throws IOException {
    if (Files.exists(place)) {
      entries(place).forEach(btrfs::delete);
      Files.delete(place);
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
