package io.overc.directory;

import io.overc.error.NotFoundException;
import io.overc.internal.time.Cancellation;
import io.overc.internal.tree.FileTree;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps snapshots in a directory: {@code ID/data} and {@code ID/comment}.
 *
 * <p>{@code .new-ID} is being made and {@code .del-ID} is being deleted; both are invisible, and
 * the next operation on the subject removes what a killed one left.
 */
final class Shelf {
  private static final String NEW = ".new-";
  private static final String DELETED = ".del-";
  private static final String DATA = "data";
  private static final String COMMENT = "comment";

  private final Path root;
  private final SideEffects effects;

  Shelf(Path root, SideEffects effects) {
    this.root = root;
    this.effects = effects;
  }

  List<SnapshotId> ids() throws IOException {
    return names().stream()
        .flatMap(name -> SnapshotId.parse(name).stream())
        .sorted(Comparator.comparing(SnapshotId::subject).thenComparing(SnapshotId::created))
        .toList();
  }

  Optional<Snapshot> read(SnapshotId id) throws IOException {
    Path directory = root.resolve(id.toString());
    Optional<String> comment = Optional.empty();
    try {
      comment = Optional.of(Files.readString(directory.resolve(COMMENT)));
    } catch (NoSuchFileException e) {
      if (Files.notExists(directory)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Snapshot(id.subject(), id.toString(), id.created(), comment));
  }

  /** Returns the content of a snapshot. */
  Path data(SnapshotId id) {
    Path data = root.resolve(id.toString()).resolve(DATA);
    if (!Files.isDirectory(data)) {
      throw missing(id.toString());
    }
    return data;
  }

  static NotFoundException missing(String id) {
    return new NotFoundException("There is no snapshot '" + id + "'; list shows those there are");
  }

  /** Chooses an id that is later than all others, even if the clock was set back. */
  SnapshotId next(String subject, Instant now) throws IOException {
    SnapshotId wanted = new SnapshotId(subject, now);
    Optional<Instant> last =
        ids().stream()
            .filter(id -> id.subject().equals(subject))
            .map(SnapshotId::created)
            .max(Comparator.naturalOrder());
    return last.filter(time -> !time.isBefore(wanted.created()))
        .map(time -> new SnapshotId(subject, time.plusMillis(1)))
        .orElse(wanted);
  }

  void put(SnapshotId id, Optional<String> comment, Filling filling) throws IOException {
    Path building = root.resolve(NEW + id);
    try {
      effects.run("make " + NEW, () -> Files.createDirectories(building));
      effects.run("copy to snapshot", () -> filling.fill(building.resolve(DATA)));
      if (comment.isPresent()) {
        effects.run("write comment", () -> write(building.resolve(COMMENT), comment.get()));
      }
      Durable.directory(building);
      effects.run("publish snapshot", () -> Durable.rename(building, root.resolve(id.toString())));
    } catch (IOException | RuntimeException e) {
      Cancellation.shielded(() -> discard(building, e));
      throw e;
    }
  }

  void remove(SnapshotId id) throws IOException {
    data(id);
    Path deleted = root.resolve(DELETED + id);
    effects.run("hide snapshot", () -> Durable.rename(root.resolve(id.toString()), deleted));
    effects.run("remove snapshot", () -> FileTree.at(deleted).delete());
  }

  /** Removes what a killed operation on a subject left; its lock is held. */
  void sweep(String subject) throws IOException {
    for (String name : names()) {
      if (name.startsWith(NEW + subject + "@") || name.startsWith(DELETED + subject + "@")) {
        effects.run("remove leftover", () -> FileTree.at(root.resolve(name)).delete());
      }
    }
  }

  private void discard(Path building, Exception cause) {
    try {
      effects.run("remove unfinished", () -> FileTree.at(building).delete());
    } catch (IOException | RuntimeException e) {
      // It is invisible, and the next operation removes it.
      cause.addSuppressed(e);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Durable.file(file);
  }

  /** Makes the content of a snapshot. */
  interface Filling {
    void fill(Path target) throws IOException;
  }
}
