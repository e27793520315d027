package io.overc.btrfs.snapshot;

import io.overc.event.Operation;
import io.overc.internal.file.DurableFiles;
import io.overc.internal.file.PrivateDirectory;
import io.overc.internal.linux.RawPath;
import io.overc.internal.tree.FileTree;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.Trust;
import io.overc.spi.SideEffects;
import io.overc.spi.SnapshotListing;
import io.overc.spi.TimestampId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The directory of snapshots: {@code ID} is a read-only subvolume. One look into the directory and
 * one at the comments tell all; no process is started.
 *
 * <p>{@code .new-ID} is being made, {@code .receive-ID} holds what is being imported, and {@code
 * .del-ID} is being deleted; all are invisible.
 */
final class SnapshotSubvolumes {
  private static final String NEW = ".new-";
  private static final String DELETED = ".del-";
  private static final String RECEIVING = ".receive-";

  private final Path root;
  private final Btrfs btrfs;
  private final SideEffects effects;

  SnapshotSubvolumes(Path root, Btrfs btrfs, SideEffects effects) {
    this.root = root;
    this.btrfs = btrfs;
    this.effects = effects;
  }

  Path root() {
    return root;
  }

  Path path(SnapshotId id) {
    return root.resolve(id.text());
  }

  List<TimestampId> ids() throws IOException {
    return ids("");
  }

  /** Returns the ids that begin so; the names of the others are not even parsed. */
  private List<TimestampId> ids(String prefix) throws IOException {
    return names().stream()
        .filter(name -> name.startsWith(prefix))
        .flatMap(name -> TimestampId.parse(name).stream())
        .sorted()
        .toList();
  }

  SnapshotListing list(String subject) throws IOException {
    List<TimestampId> ids = ids(subject + "@");
    Map<String, String> comments =
        ids.isEmpty() ? Map.of() : new Comments(root, subject).readable();
    return new SnapshotListing(ids.stream().map(id -> described(id, comments)).toList(), List.of());
  }

  private static Snapshot described(TimestampId id, Map<String, String> comments) {
    SnapshotId name = id.id();
    return new Snapshot(
        id.subject(),
        name,
        Optional.of(id.created()),
        Optional.ofNullable(comments.get(name.text())));
  }

  void draft(TimestampId id, Optional<String> comment, Path source) throws IOException {
    if (comment.isPresent()) {
      effects.run("write comment", () -> writeComment(id, comment.get()));
    }
    effects.run("snapshot subject", () -> btrfs.snapshot(source, draft(id.id()), true));
  }

  private Path draft(SnapshotId id) {
    return root.resolve(NEW + id);
  }

  /** Writes the comments of the snapshots that are there, and one for a snapshot to be made. */
  private void writeComment(TimestampId id, String comment) throws IOException {
    Comments file = new Comments(root, id.subject());
    Map<String, String> comments = new TreeMap<>(file.read());
    comments.keySet().retainAll(names());
    comments.put(id.toString(), comment);
    file.write(comments);
  }

  void publish(SnapshotId id) throws IOException {
    effects.run("name snapshot", () -> Files.move(draft(id), path(id)));
    effects.run("commit snapshot", () -> DurableFiles.syncFileSystem(root));
  }

  void retire(SnapshotId id) throws IOException {
    MountedSubvolumes.refuse(path(id), "delete " + id);
    effects.run("unname snapshot", () -> Files.move(path(id), root.resolve(DELETED + id)));
  }

  /**
   * Reads a snapshot into a place of its own, where nobody else can use what it holds before it is
   * examined. A read-only subvolume cannot move from there, so a snapshot of it is what is kept.
   */
  void receive(TimestampId id, Path file, ImportOptions options, Operation operation)
      throws IOException {
    Path place = root.resolve(RECEIVING + id);
    effects.run("make place", () -> PrivateDirectory.make(place));
    effects.run("receive", () -> btrfs.receive(file, place));
    ReceivedTree tree = ReceivedTree.in(place, file);
    boolean whole = tree.devices().isEmpty() || options.trusts(Trust.DEVICES);
    Path kept = whole ? tree.root() : withoutDevices(tree, place, operation);
    (whole ? tree : new ReceivedTree(kept, List.of(), tree.privileged())).requireClosed(root, file);
    effects.run("keep", () -> btrfs.snapshot(kept, draft(id.id()), true));
  }

  private Path withoutDevices(ReceivedTree tree, Path place, Operation operation)
      throws IOException {
    Path copy = place.resolve(NEW + tree.root().getFileName());
    effects.run("copy received", () -> btrfs.snapshot(tree.root(), copy, false));
    for (Path device : tree.devices()) {
      effects.run("leave out device", () -> Files.delete(copy.resolve(device)));
      operation.warn("left out the device " + RawPath.shown(device) + ", which is not trusted");
    }
    return copy;
  }

  /** Removes what is no snapshot of a subject. */
  void clean(String subject) throws IOException {
    for (String name : names()) {
      Path path = root.resolve(name);
      if (name.startsWith(RECEIVING + subject + "@")) {
        effects.run("clear place", () -> FileTree.at(path).withSubvolumes().delete());
      } else if (name.startsWith(NEW + subject + "@") || name.startsWith(DELETED + subject + "@")) {
        effects.run("delete subvolume", () -> btrfs.delete(path));
      }
    }
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
    } catch (NoSuchFileException e) {
      return Set.of();
    }
  }
}
