package io.overc.lxc.container;

import io.overc.error.RefusedException;
import io.overc.lxc.disk.Disk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the containers and snapshots that are overlays on a container, by what their configs say.
 *
 * <p>LXC counts them in {@code lxc_snapshots} and {@code lxc_rdepends}, and counts wrong: a
 * snapshot of an overlay registers with the container it was made of, on which it does not depend.
 * So the configs decide here; the files are kept up for the sake of {@code lxc-destroy}.
 */
public final class Dependents {
  private static final String COUNTED = "lxc_snapshots";
  private static final String COUNTED_BY = "lxc_rdepends";

  private final LxcPath path;

  /**
   * Searches the directories of containers and of snapshots.
   *
   * @param path where they are
   */
  public Dependents(LxcPath path) {
    this.path = path;
  }

  /** Returns what lies on a directory, as an overlay or because its root is in it. */
  public List<String> on(Path directory) {
    List<String> found = new ArrayList<>();
    for (Path root : List.of(path.root(), path.snapshots())) {
      for (Path other : Disk.list(root)) {
        if (!other.equals(directory) && liesOn(other, directory)) {
          found.add(String.valueOf(other.getFileName()));
        }
        Path own = root.equals(path.root()) ? other.resolve("snaps") : other;
        for (Path snapshot : Disk.list(own)) {
          if (liesOn(snapshot, directory)) {
            found.add(other.getFileName() + "/" + snapshot.getFileName());
          }
        }
      }
    }
    return found;
  }

  /** Throws if something lies on a directory, or shares files that are beside it. */
  public void refuse(String verb, String name, Path directory) {
    // What is shared lies beside the root too.
    new Sharers(path)
        .refuse(verb, name, directory.endsWith("rootfs") ? Disk.parent(directory) : directory);
    List<String> dependents = on(directory);
    if (!dependents.isEmpty()) {
      throw new RefusedException(
          "Cannot %s %s: %s %s on its root file system; delete %s first, or give %s a copy of its own (lxc-copy without -s)"
              .formatted(
                  verb,
                  name,
                  String.join(", ", dependents),
                  dependents.size() == 1 ? "lies" : "lie",
                  dependents.size() == 1 ? "it" : "them",
                  dependents.size() == 1 ? "it" : "them"));
    }
  }

  private static boolean liesOn(Path other, Path directory) {
    // One that another operation has just removed lies on nothing.
    if (!Files.isRegularFile(other.resolve("config"))) {
      return false;
    }
    return Disk.readLossless(other.resolve("config"))
        .map(ContainerConfig::parse)
        .flatMap(ContainerConfig::root)
        .map(root -> root.lowers().stream().anyMatch(lower -> lower.startsWith(directory)))
        .orElse(false);
  }

  /** Notes in an overlay that is being made on which container it depends. */
  public void describe(Path overlay) {
    base(overlay).ifPresent(base -> Disk.draft(overlay.resolve(COUNTED_BY), pair(base)));
  }

  /** Tells LXC that an overlay depends on the container below it. */
  public void register(Path overlay) {
    base(overlay).ifPresent(base -> change(base.resolve(COUNTED), overlay, true));
  }

  /** Tells LXC that an overlay is gone. */
  public void unregister(Path overlay, Optional<Path> base) {
    base.ifPresent(below -> change(below.resolve(COUNTED), overlay, false));
  }

  /** Returns the container whose root an overlay lies on, if it is one of this directory. */
  public Optional<Path> base(Path overlay) {
    return ContainerConfig.of(overlay).root().stream()
        .flatMap(root -> root.lowers().stream())
        .filter(
            lower ->
                lower.startsWith(path.root()) && lower.getNameCount() > path.root().getNameCount())
        .map(lower -> path.root().resolve(lower.getName(path.root().getNameCount())))
        .filter(base -> Files.isRegularFile(base.resolve("config")))
        .findFirst();
  }

  private static void change(Path file, Path overlay, boolean add) {
    List<String> before = Disk.read(file).map(text -> text.lines().toList()).orElse(List.of());
    StringBuilder after = new StringBuilder();
    for (int i = 0; i + 1 < before.size(); i += 2) {
      Path entry = Path.of(before.get(i), before.get(i + 1));
      if (!entry.equals(overlay) && Disk.exists(entry)) {
        after.append(before.get(i)).append('\n').append(before.get(i + 1)).append('\n');
      }
    }
    if (add) {
      after.append(pair(overlay));
    }
    if (after.isEmpty()) {
      Disk.delete(file);
    } else {
      Disk.write(file, after.toString());
    }
  }

  private static String pair(Path container) {
    return Disk.parent(container) + "\n" + container.getFileName() + "\n";
  }
}
