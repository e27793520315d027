package io.overc.btrfs.snapshot;

import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the directory of snapshots: {@code ID} is a read-only subvolume, {@code ID.comment} its
 * comment. One look into the directory tells all; no process is started.
 */
final class Shelf {
  static final String COMMENT = ".comment";
  private static final String RECEIVING = ".receive-";

  private final Path root;

  Shelf(Path root) {
    this.root = root;
  }

  Path path(SnapshotId id) {
    return root.resolve(id.toString());
  }

  Path comment(SnapshotId id) {
    return root.resolve(id + COMMENT);
  }

  Path receiving(SnapshotId id) {
    return root.resolve(RECEIVING + id);
  }

  List<SnapshotId> ids() throws IOException {
    return sorted(names()).toList();
  }

  List<Snapshot> list(String subject) throws IOException {
    Set<String> names = names();
    List<Snapshot> found = new ArrayList<>();
    for (SnapshotId id : sorted(names).filter(id -> id.subject().equals(subject)).toList()) {
      Optional<String> comment =
          names.contains(id + COMMENT) ? read(comment(id)) : Optional.empty();
      found.add(new Snapshot(subject, id.toString(), id.created(), comment));
    }
    return List.copyOf(found);
  }

  /** Chooses an id that is later than all others, even if the clock was set back. */
  SnapshotId next(String subject, Instant now) throws IOException {
    SnapshotId wanted = new SnapshotId(subject, now);
    return ids().stream()
        .filter(id -> id.subject().equals(subject))
        .map(SnapshotId::created)
        .max(Comparator.naturalOrder())
        .filter(last -> !last.isBefore(wanted.created()))
        .map(last -> new SnapshotId(subject, last.plusMillis(1)))
        .orElse(wanted);
  }

  /** Returns comments whose snapshot was never made or is gone. */
  List<Path> orphans(String subject) throws IOException {
    Set<String> names = names();
    return names.stream()
        .filter(name -> name.startsWith(subject + "@") && name.endsWith(COMMENT))
        .filter(name -> !names.contains(name.substring(0, name.length() - COMMENT.length())))
        .map(root::resolve)
        .toList();
  }

  /** Returns where an import was received that did not come to its end. */
  List<Path> unreceived(String subject) throws IOException {
    return names().stream()
        .filter(name -> name.startsWith(RECEIVING + subject + "@"))
        .map(root::resolve)
        .toList();
  }

  private static Stream<SnapshotId> sorted(Set<String> names) {
    return names.stream()
        .flatMap(name -> SnapshotId.parse(name).stream())
        .sorted(Comparator.comparing(SnapshotId::subject).thenComparing(SnapshotId::created));
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
    } catch (NoSuchFileException e) {
      return new HashSet<>();
    }
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
