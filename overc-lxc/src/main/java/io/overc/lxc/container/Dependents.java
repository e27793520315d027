package io.overc.lxc.container;

import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.internal.file.LosslessText;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.layout.MountLines;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the containers and snapshots that depend on a container, by what their configs say: those
 * whose root is an overlay on it, and those that share its files by overlays.
 *
 * <p>LXC counts the former in {@code lxc_snapshots} and {@code lxc_rdepends}, and counts wrong: a
 * snapshot of an overlay registers with the container it was made of, on which it does not depend.
 * So the configs decide here; the files are kept up for the sake of {@code lxc-destroy}.
 */
public record Dependents(LxcPath path) {
  private static final String COUNTED = "lxc_snapshots";
  private static final String COUNTED_BY = "lxc_rdepends";

  public Set<String> of(Path container) {
    Set<String> found = new TreeSet<>(sharing(container));
    found.addAll(on(container));
    return found;
  }

  /** Throws if something lies on a directory, or shares files that are beside it. */
  public void refuse(String attempt, String name, Path directory) {
    // What is shared lies beside the root too.
    refuseShared(attempt, name, directory.endsWith("rootfs") ? Disk.parent(directory) : directory);
    List<String> dependents = on(directory);
    if (!dependents.isEmpty()) {
      String them = dependents.size() == 1 ? "it" : "them";
      throw new RefusedException(
          Guard.IN_USE,
          "Cannot %s %s: %s %s on its root file system"
              .formatted(
                  attempt,
                  name,
                  String.join(", ", dependents),
                  dependents.size() == 1 ? "lies" : "lie"),
          Remedy.other(
              "delete %s first, or give %s a copy of its own (lxc-copy without -s)"
                  .formatted(them, them)));
    }
  }

  /** Throws if something shares files of a container. */
  public void refuseShared(String attempt, String name, Path container) {
    List<String> sharers = sharing(container);
    if (!sharers.isEmpty()) {
      throw new RefusedException(
          Guard.IN_USE,
          "Cannot %s %s: %s would lose, or see changed, files that %s with it"
              .formatted(
                  attempt,
                  name,
                  String.join(", ", sharers),
                  sharers.size() == 1 ? "it shares" : "they share"),
          Remedy.of(
              Remedy.Action.STOP_SHARING,
              sharers.get(0),
              "stop sharing there first, delete snapshots that do, or share with a snapshot of %s instead"
                  .formatted(name)));
    }
  }

  private List<String> on(Path directory) {
    return find(
        directory,
        config ->
            ContainerConfig.parse(config)
                .root()
                .filter(
                    root -> root.lowers().stream().anyMatch(lower -> lower.startsWith(directory)))
                .isPresent());
  }

  /** Returns who shares files of a container, but for the overlays of that container itself. */
  private List<String> sharing(Path container) {
    return find(
        null,
        config ->
            MountLines.all(config).stream()
                .filter(mount -> !mount.upper().startsWith(container))
                .flatMap(mount -> Stream.concat(mount.lowers().stream(), Stream.of(mount.upper())))
                .anyMatch(layer -> layer.startsWith(container)));
  }

  private List<String> find(@Nullable Path except, Predicate<String> test) {
    List<String> found = new ArrayList<>();
    for (Path root : List.of(path.root(), path.snapshots())) {
      for (Path other : Disk.list(root)) {
        if (!other.equals(except) && matches(other, test)) {
          found.add(String.valueOf(other.getFileName()));
        }
        Path own = root.equals(path.root()) ? other.resolve("snaps") : other;
        for (Path snapshot : Disk.list(own)) {
          if (matches(snapshot, test)) {
            found.add(other.getFileName() + "/" + snapshot.getFileName());
          }
        }
      }
    }
    return found;
  }

  private static boolean matches(Path other, Predicate<String> test) {
    Path config = other.resolve("config");
    try {
      // One that another operation has just removed depends on nothing.
      return Files.isRegularFile(config) && Disk.readLossless(config).filter(test).isPresent();
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      return false; // No container: it must not stop the work on others.
    }
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
    List<String> before = LosslessText.lines(Disk.readLossless(file).orElse(""));
    StringBuilder after = new StringBuilder();
    for (int i = 0; i + 1 < before.size(); i += 2) {
      if (stays(before.get(i), before.get(i + 1), overlay)) {
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

  private static boolean stays(String directory, String name, Path overlay) {
    try {
      Path entry = LosslessText.path(directory).resolve(LosslessText.path(name));
      return !entry.equals(overlay) && Disk.exists(entry);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String pair(Path container) {
    return LosslessText.of(Disk.parent(container)) + "\n" + container.getFileName() + "\n";
  }
}
