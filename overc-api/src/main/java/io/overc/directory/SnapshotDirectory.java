package io.overc.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.DurableFiles;
import io.overc.internal.file.IoErrors;
import io.overc.internal.tree.FileTree;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.spi.SideEffects;
import io.overc.spi.SnapshotListing;
import io.overc.spi.TimestampId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of snapshots: {@code ID/data} and {@code ID/comment}.
 *
 * <p>{@code .new-ID} is being made and {@code .del-ID} is being deleted; both are invisible.
 */
final class SnapshotDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotDirectory.class);
  private static final String NEW = ".new-";
  private static final String DELETED = ".del-";
  private static final String DATA = "data";
  private static final String COMMENT = "comment";
  private static final int LONGEST_COMMENT = 1 << 24;

  private final Path root;
  private final SideEffects effects;

  SnapshotDirectory(Path root, SideEffects effects) {
    this.root = root;
    this.effects = effects;
  }

  Path root() {
    return root;
  }

  List<TimestampId> ids() throws IOException {
    return names().stream().flatMap(name -> TimestampId.parse(name).stream()).sorted().toList();
  }

  SnapshotListing list(String subject) throws IOException {
    List<Snapshot> snapshots = new ArrayList<>();
    List<DamagedSnapshot> damaged = new ArrayList<>();
    for (TimestampId id : ids()) {
      if (!id.subject().equals(subject)) {
        continue;
      }
      if (Files.isDirectory(data(id.id()), LinkOption.NOFOLLOW_LINKS)) {
        snapshots.add(id.snapshot(comment(id.id())));
      } else if (Files.exists(path(id.id()), LinkOption.NOFOLLOW_LINKS)) {
        damaged.add(
            new DamagedSnapshot(subject, id.id(), "there is no directory " + data(id.id())));
      }
    }
    return new SnapshotListing(snapshots, damaged);
  }

  private Optional<String> comment(SnapshotId id) {
    Path file = path(id).resolve(COMMENT);
    try {
      return BoundedFiles.readIfExists(file, LONGEST_COMMENT, LinkOption.NOFOLLOW_LINKS)
          .map(bytes -> new String(bytes, UTF_8));
    } catch (IOException e) {
      // The snapshot is worth more than what was said about it.
      LOG.warn("Could not read the comment of {}: {}", id, IoErrors.reason(e));
      return Optional.empty();
    }
  }

  private Path path(SnapshotId id) {
    return root.resolve(id.text());
  }

  /** Returns the content of a snapshot. */
  Path data(SnapshotId id) {
    return path(id).resolve(DATA);
  }

  void draft(TimestampId id, Optional<String> comment, FileTree tree) throws IOException {
    Path draft = root.resolve(NEW + id);
    effects.run("make draft", () -> Files.createDirectory(draft));
    effects.run("copy to snapshot", () -> tree.copyTo(draft.resolve(DATA)));
    if (comment.isPresent()) {
      byte[] text = comment.get().getBytes(UTF_8);
      effects.run(
          "write comment", () -> DurableFiles.writeBeforeCommit(draft.resolve(COMMENT), text));
    }
    DurableFiles.syncDirectory(draft);
  }

  void publish(SnapshotId id) throws IOException {
    DurableFiles.rename(root.resolve(NEW + id), path(id));
  }

  void retire(SnapshotId id) throws IOException {
    DurableFiles.rename(path(id), root.resolve(DELETED + id));
  }

  /** Removes what is no snapshot of a subject. */
  void clean(String subject) throws IOException {
    Removals removals = new Removals(effects);
    for (String name : names()) {
      if (name.startsWith(NEW + subject + "@") || name.startsWith(DELETED + subject + "@")) {
        removals.remove("remove leftover", root.resolve(name));
      }
    }
    removals.end();
  }

  private List<String> names() throws IOException {
    return names(root);
  }

  /** Returns the names in a directory that need not exist. */
  static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
