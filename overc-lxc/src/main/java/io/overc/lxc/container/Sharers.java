package io.overc.lxc.container;

import io.overc.error.RefusedException;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.overlay.MountLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the containers and snapshots that show files of a container, by the overlays they mount.
 */
public final class Sharers {
  private final LxcPath path;

  /**
   * Searches the directories of containers and of snapshots.
   *
   * @param path where they are
   */
  public Sharers(LxcPath path) {
    this.path = path;
  }

  /** Returns who shows files of a directory, but for what is in that directory itself. */
  public List<String> of(Path directory) {
    List<String> found = new ArrayList<>();
    for (Path root : List.of(path.root(), path.snapshots())) {
      for (Path other : Disk.list(root)) {
        if (uses(other, directory)) {
          found.add(String.valueOf(other.getFileName()));
        }
        Path own = root.equals(path.root()) ? other.resolve("snaps") : other;
        for (Path snapshot : Disk.list(own)) {
          if (uses(snapshot, directory)) {
            found.add(other.getFileName() + "/" + snapshot.getFileName());
          }
        }
      }
    }
    return found;
  }

  /** Throws if something shares files of a directory. */
  public void refuse(String verb, String name, Path directory) {
    List<String> sharers = of(directory);
    if (!sharers.isEmpty()) {
      throw new RefusedException(
          "Cannot %s %s: %s would lose, or see changed, files that %s with it; stop sharing there first (overc container overlay NAME --stop --dir DIR), delete snapshots that do, or share with a snapshot of %s instead"
              .formatted(
                  verb,
                  name,
                  String.join(", ", sharers),
                  sharers.size() == 1 ? "it shares" : "they share",
                  name));
    }
  }

  private static boolean uses(Path other, Path directory) {
    if (!Files.isRegularFile(other.resolve("config"))) {
      return false;
    }
    return Disk.readLossless(other.resolve("config")).stream()
        .flatMap(config -> MountLines.all(config).stream())
        .filter(mount -> !mount.upper().startsWith(directory))
        .flatMap(mount -> Stream.concat(mount.lowers().stream(), Stream.of(mount.upper())))
        .anyMatch(layer -> layer.startsWith(directory));
  }
}
