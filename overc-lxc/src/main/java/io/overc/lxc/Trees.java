package io.overc.lxc;

import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Copies and removes directory trees with all they carry, by one process each. */
final class Trees {
  private final CommandRunner runner;
  private final Duration timeout;

  Trees(CommandRunner runner, Duration timeout) {
    this.runner = runner;
    this.timeout = timeout;
  }

  /** Copies files and trees into a directory: owners, modes, xattrs, links, devices, holes. */
  void copy(List<Path> sources, Path into, List<String> mapped) {
    if (sources.isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>(mapped);
    arguments.addAll(List.of("cp", "-a", "--reflink=auto", "-t", into.toString(), "--"));
    sources.forEach(source -> arguments.add(source.toString()));
    runner
        .run(Command.of(arguments).timeout(timeout).build())
        .orThrow("copy " + sources + " to " + into);
  }

  /**
   * Removes a tree. Never leaves its file system: what is mounted in it, by whatever mistake, stays
   * whole and the removal fails.
   */
  void remove(Path tree, List<String> mapped) {
    if (!Disk.exists(tree)) {
      return;
    }
    Path root = tree.resolve("rootfs");
    if (isSubvolume(root)) {
      deleteSubvolume(root);
    }
    List<String> arguments = new ArrayList<>(mapped);
    arguments.addAll(List.of("rm", "-rf", "--one-file-system", "--", tree.toString()));
    runner.run(Command.of(arguments).timeout(timeout).build()).orThrow("remove " + tree);
  }

  void snapshotSubvolume(Path from, Path to) {
    runner
        .run(
            Command.of("btrfs", "subvolume", "snapshot", from.toString(), to.toString())
                .timeout(timeout)
                .build())
        .orThrow("snapshot the subvolume " + from);
  }

  /** Makes what was copied durable, as a power cut would otherwise leave empty files. */
  void sync(Path tree) {
    runner
        .run(Command.of("sync", "-f", tree.toString()).timeout(timeout).build())
        .orThrow("write " + tree + " to the disk");
  }

  private void deleteSubvolume(Path subvolume) {
    runner
        .run(
            Command.of("btrfs", "subvolume", "delete", subvolume.toString())
                .timeout(timeout)
                .build())
        .orThrow("delete the subvolume " + subvolume);
  }

  /** The root of every btrfs subvolume, and nothing else in a container, has the inode 256. */
  private static boolean isSubvolume(Path path) {
    try {
      return Files.isDirectory(path)
          && Files.getFileStore(path).type().equals("btrfs")
          && Long.valueOf(256).equals(Files.getAttribute(path, "unix:ino"));
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
