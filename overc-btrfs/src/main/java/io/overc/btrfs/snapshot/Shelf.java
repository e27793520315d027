package io.overc.btrfs.snapshot;

import io.overc.snapshot.Snapshot;
import io.overc.spi.TimestampId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the directory of snapshots: {@code ID} is a read-only subvolume. One look into the
 * directory and one at the comments tell all; no process is started.
 */
final class Shelf {
  private static final String RECEIVING = ".receive-";

  private final Path root;

  Shelf(Path root) {
    this.root = root;
  }

  Path path(TimestampId id) {
    return root.resolve(id.toString());
  }

  Path receiving(TimestampId id) {
    return root.resolve(RECEIVING + id);
  }

  List<TimestampId> ids() throws IOException {
    return sorted(names()).toList();
  }

  List<Snapshot> list(String subject) throws IOException {
    List<TimestampId> ids = sorted(names()).filter(id -> id.subject().equals(subject)).toList();
    Map<String, String> comments = ids.isEmpty() ? Map.of() : new Comments(root, subject).read();
    List<Snapshot> found = new ArrayList<>(ids.size());
    for (TimestampId id : ids) {
      String name = id.toString();
      Optional<String> comment = Optional.ofNullable(comments.get(name));
      found.add(new Snapshot(subject, id.id(), Optional.of(id.created()), comment));
    }
    return List.copyOf(found);
  }

  /** Writes the comments of the snapshots that are there, and one for a snapshot to be made. */
  void comment(TimestampId id, String comment) throws IOException {
    Set<String> names = names();
    Map<String, String> comments = new TreeMap<>(new Comments(root, id.subject()).read());
    comments.keySet().retainAll(names);
    comments.put(id.toString(), comment);
    new Comments(root, id.subject()).write(comments);
  }

  /** Chooses an id that is later than all others, even if the clock was set back. */
  TimestampId next(String subject, Instant now) throws IOException {
    TimestampId wanted = new TimestampId(subject, now);
    return ids().stream()
        .filter(id -> id.subject().equals(subject))
        .map(TimestampId::created)
        .max(Comparator.naturalOrder())
        .filter(last -> !last.isBefore(wanted.created()))
        .map(last -> new TimestampId(subject, last.plusMillis(1)))
        .orElse(wanted);
  }

  /** Returns where an import was received that did not come to its end. */
  List<Path> unreceived(String subject) throws IOException {
    return names().stream()
        .filter(name -> name.startsWith(RECEIVING + subject + "@"))
        .map(root::resolve)
        .toList();
  }

  private static Stream<TimestampId> sorted(Set<String> names) {
    return names.stream()
        .flatMap(name -> TimestampId.parse(name).stream())
        .sorted(Comparator.comparing(TimestampId::subject).thenComparing(TimestampId::created));
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
    } catch (NoSuchFileException e) {
      return new HashSet<>();
    }
  }
}
