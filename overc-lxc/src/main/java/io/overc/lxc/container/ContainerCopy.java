package io.overc.lxc.container;

import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Subvolumes;
import io.overc.lxc.disk.Trees;
import io.overc.lxc.layout.SharingArea;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Copies the directory of a container: an overlay by its upper directory, a btrfs subvolume by a
 * snapshot, a plain directory in full, and so a subvolume to another file system.
 */
public record ContainerCopy(Trees trees, Subvolumes subvolumes, SideEffects effects) {
  /** What belongs to the source only. */
  private static final Set<String> LEFT_OUT =
      Set.of("snaps", "lxc_snapshots", "lxc_rdepends", "partial", "ts", "comment", "config");

  /**
   * Copies a container or a snapshot, with the config it will need; the caller makes it durable.
   */
  public void run(Path from, Path staging, Path to) {
    run(from, ContainerConfig.of(from), staging, to);
  }

  /** Copies one whose config, where it lies, says that it is somewhere else. */
  public void run(Path from, ContainerConfig config, Path staging, Path to) {
    RootFs root = root(config, from);
    effects.run("copy container", () -> copy(from, staging, to, config, root));
  }

  private void copy(Path from, Path staging, Path to, ContainerConfig config, RootFs root) {
    ContainerConfig moved = config.moved(from, to);
    try {
      Disk.closedDirectory(staging);
      IdMap.admit(staging, config, trees);
      Path copy = staging.resolve(from.relativize(root.directory()));
      Disk.directories(Disk.parent(copy));
      switch (root.kind()) {
        case OVERLAY -> overlay(root.directory(), copy, IdMap.unlessRoot(config));
        case BTRFS -> {
          if (Subvolumes.shared(root.directory(), staging)) {
            subvolumes.snapshot(root.directory(), copy);
          } else {
            trees.copy(List.of(root.directory()), Disk.parent(copy), IdMap.unlessRoot(config));
            moved = moved.inDirectory(to.resolve(from.relativize(root.directory())));
          }
        }
        default ->
            trees.copy(List.of(root.directory()), Disk.parent(copy), IdMap.unlessRoot(config));
      }
    } catch (IOException e) {
      throw Disk.failed("copy " + from, e);
    }
    trees.copy(rest(from, root), staging, List.of());
    // What the original is still to do is not the copy's to do.
    new SharingArea(staging).writePending(List.of());
    Disk.draft(staging.resolve("config"), moved.text());
  }

  /** Returns the root of a container, which must be one that can be copied. */
  public static RootFs root(ContainerConfig config, Path directory) {
    RootFs root = config.requireRoot("copy " + directory);
    if (root.kind() == RootFs.Kind.OTHER || !root.directory().startsWith(directory)) {
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot copy %s: its root %s is not in it, or of a kind that only its own tools can snapshot"
              .formatted(directory, root.directory()),
          Remedy.other("use a container backed by a directory, an overlay or btrfs"));
    }
    return root;
  }

  private void overlay(Path upper, Path copy, List<String> mapped) throws IOException {
    Path from = Disk.parent(upper);
    Path to = Disk.parent(copy);
    mode(from, to);
    trees.copy(List.of(upper), to, mapped);
    // The kernel wants an empty work directory of its own beside the upper one.
    if (Files.isDirectory(from.resolve("work"))) {
      mode(from.resolve("work"), Files.createDirectories(to.resolve("work")));
    }
  }

  /** Lists what else there is, such as fstab files; the mount point of an overlay among them. */
  private static List<Path> rest(Path from, RootFs root) {
    Path first = from.resolve(from.relativize(root.directory()).getName(0));
    List<Path> rest = new ArrayList<>();
    for (Path entry : Disk.list(from)) {
      String name = String.valueOf(entry.getFileName());
      if (!entry.equals(first)
          && !LEFT_OUT.contains(name)
          && !name.startsWith("overc_")
          && !name.endsWith(".log")) {
        rest.add(entry);
      }
    }
    return rest;
  }

  private static void mode(Path from, Path to) throws IOException {
    Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    Files.setAttribute(to, "unix:uid", Files.getAttribute(from, "unix:uid"));
    Files.setAttribute(to, "unix:gid", Files.getAttribute(from, "unix:gid"));
  }
}
