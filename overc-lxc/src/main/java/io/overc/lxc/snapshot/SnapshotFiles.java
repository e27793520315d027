package io.overc.lxc.snapshot;

import io.overc.error.InterruptedOperationException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.internal.file.LosslessText;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.disk.Disk;
import io.overc.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The snapshots on the disk: {@code ts} and {@code comment} beside the container. */
public record SnapshotFiles(LxcPath path) {
  /** What {@code ts} holds: 19 bytes of local time without a line end. */
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy:MM:dd HH:mm:ss");

  /** What is made or removed there: see {@link LxcPath#freshSnapshot}. */
  private static final Pattern UNFINISHED =
      Pattern.compile("(.+)_(?:snap)?[0-9]+(?:\\.gone|\\.import|\\.export)?");

  private static final String TS = "ts";
  private static final String COMMENT = "comment";

  /** Lists the snapshots of a container, oldest first. */
  public List<Snapshot> list(String name) {
    return Stream.concat(apart().filter(id -> id.container().equals(name)), own(name))
        .distinct()
        .filter(this::isThere)
        .sorted(
            Comparator.comparing((LxcSnapshotId id) -> created(directory(id)))
                .thenComparing(id -> id.own())
                .thenComparing(id -> id.index()))
        .map(this::describe)
        .toList();
  }

  public List<String> subjects() {
    Set<String> names = new TreeSet<>();
    apart().filter(this::isThere).forEach(id -> names.add(id.container()));
    for (Path parent : List.of(path.root(), path.snapshots())) {
      for (String name : Disk.names(parent)) {
        if (!name.startsWith(".") && own(name).anyMatch(this::isThere)) {
          names.add(name);
        }
      }
    }
    return List.copyOf(names);
  }

  private Stream<LxcSnapshotId> apart() {
    return Disk.names(path.snapshots()).stream()
        .flatMap(name -> LxcSnapshotId.apart(name).stream());
  }

  private Stream<LxcSnapshotId> own(String container) {
    return places(container).stream()
        .flatMap(place -> Disk.names(place).stream())
        .flatMap(name -> LxcSnapshotId.own(container, name).stream());
  }

  private boolean isThere(LxcSnapshotId id) {
    return Files.isRegularFile(directory(id).resolve("config"));
  }

  /**
   * Returns where lxc-snapshot keeps the snapshots of a container: where the directory of lxc-snap
   * is there, it is used; else they are in the container's own directory.
   */
  private List<Path> places(String name) {
    return List.of(path.snapshots().resolve(name), path.root().resolve(name).resolve("snaps"));
  }

  /** Tells whether snapshots would go with the directory of their container. */
  public boolean inContainer(LxcSnapshotId id) {
    return directory(id).startsWith(path.container(id.container()));
  }

  Path directory(LxcSnapshotId id) {
    if (!id.own()) {
      return path.snapshot(id.toString());
    }
    List<Path> places =
        places(id.container()).stream().map(parent -> parent.resolve("snap" + id.index())).toList();
    return places.stream().filter(Disk::exists).findFirst().orElse(places.get(1));
  }

  Optional<Snapshot> find(LxcSnapshotId id) {
    return isThere(id) ? Optional.of(describe(id)) : Optional.empty();
  }

  public Path require(LxcSnapshotId id) {
    Path directory = directory(id);
    if (!isThere(id)) {
      List<String> ids =
          list(id.container()).stream().map(snapshot -> snapshot.id().text()).toList();
      throw new NotFoundException(
          "There is no snapshot %s; %s has %s"
              .formatted(id, id.container(), ids.isEmpty() ? "none" : String.join(", ", ids)));
    }
    return directory;
  }

  public Snapshot describe(LxcSnapshotId id) {
    Path directory = directory(id);
    return new Snapshot(
        id.container(),
        id.id(),
        Optional.of(created(directory)),
        read(directory.resolve(COMMENT)).filter(text -> !text.isEmpty()));
  }

  /** Lists what operations on the snapshots of a container that died have left behind. */
  public List<Path> unfinished(String name) {
    return Disk.list(path.unfinishedSnapshots()).stream()
        .filter(
            directory -> {
              Matcher matcher = UNFINISHED.matcher(String.valueOf(directory.getFileName()));
              return matcher.matches() && matcher.group(1).equals(name);
            })
        .toList();
  }

  /** Returns the id that the next snapshot of a container gets: one more than any that is there. */
  public LxcSnapshotId next(String name) {
    int next =
        apart()
            .filter(id -> id.container().equals(name))
            .mapToInt(id -> id.index() + 1)
            .max()
            .orElse(0);
    return new LxcSnapshotId(name, next, false);
  }

  /** Writes when and why into a snapshot that is being made; the caller makes it durable. */
  public void label(Path directory, Optional<String> comment) {
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    Disk.draft(directory.resolve(TS), TIME.format(now));
    if (comment.isPresent()) {
      Disk.draft(directory.resolve(COMMENT), comment.get());
    } else {
      Disk.delete(directory.resolve(COMMENT));
    }
  }

  /** A label that cannot be read, or is too large to be one, hides neither snapshot nor others. */
  private static Optional<String> read(Path label) {
    try {
      return Disk.readLabel(label)
          .map(text -> new String(LosslessText.encode(text), StandardCharsets.UTF_8));
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      return Optional.empty();
    }
  }

  private static Instant created(Path directory) {
    Optional<String> text = read(directory.resolve(TS)).map(String::strip);
    if (text.isPresent()) {
      try {
        return LocalDateTime.parse(text.get(), TIME).atZone(ZoneId.systemDefault()).toInstant();
      } catch (DateTimeParseException e) {
        // Damaged by hand: the time of the file is the next best.
      }
    }
    try {
      return Files.getLastModifiedTime(directory.resolve("config")).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }
}
