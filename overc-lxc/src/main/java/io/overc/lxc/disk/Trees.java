package io.overc.lxc.disk;

import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.internal.time.Cancellation;
import io.overc.internal.tree.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Copies and removes directory trees with all they carry: in this process, or where an id mapping
 * decides whose they are, by a tool that runs in it.
 */
public record Trees(Tools tools, Subvolumes subvolumes) {
  /** Copies files and trees into a directory: owners, modes, xattrs, links, devices, holes. */
  public void copy(List<Path> sources, Path into, List<String> mapped) {
    if (sources.isEmpty()) {
      return;
    }
    if (mapped.isEmpty()) {
      for (Path source : sources) {
        limited(
            "copy " + source + " to " + into,
            () -> FileTree.at(source).unsynced().copyTo(into.resolve(source.getFileName())));
      }
      return;
    }
    CommandBuilder copy =
        Command.of("cp", "-a", "--reflink=auto", "-t", into.toString(), "--").wrappedIn(mapped);
    sources.forEach(copy::argument);
    tools.run("copy " + sources + " to " + into, copy);
  }

  /** Gives a directory to the root user of a container, whom an id mapping shifts. */
  public void own(Path directory, List<String> mapped) {
    tools.run(
        "give " + directory + " to the container's root",
        Command.of("chown", "0:0", "--", directory.toString()).wrappedIn(mapped));
  }

  /** Gives a directory to the group of a container's root, whom an id mapping shifts. */
  public void group(Path directory, List<String> mapped) {
    tools.run(
        "let the container's root into " + directory,
        Command.of("chgrp", "0", "--", directory.toString()).wrappedIn(mapped));
  }

  /**
   * Removes a tree. Never leaves its file system: what is mounted in it, by whatever mistake, stays
   * whole and the removal fails.
   */
  public void remove(Path tree, List<String> mapped) {
    if (!Disk.exists(tree)) {
      return;
    }
    Path root = tree.resolve("rootfs");
    if (Subvolumes.is(root)) {
      subvolumes.delete(root);
    }
    if (mapped.isEmpty()) {
      limited("remove " + tree, () -> FileTree.at(tree).delete());
      return;
    }
    tools.run(
        "remove " + tree,
        Command.of("rm", "-rf", "--one-file-system", "--", tree.toString()).wrappedIn(mapped));
  }

  private interface Work {
    void run() throws IOException;
  }

  @SuppressWarnings("try") // held, not used
  private void limited(String attempt, Work work) {
    try (Cancellation time = Cancellation.begin(tools.timeout())) {
      work.run();
    } catch (IOException e) {
      throw Disk.failed(attempt, e);
    }
  }

  /** Makes what was copied durable, as a power cut would otherwise leave empty files. */
  public void sync(Path tree) {
    tools.sync(List.of(tree));
  }
}
