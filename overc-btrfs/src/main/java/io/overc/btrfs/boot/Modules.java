package io.overc.btrfs.boot;

import io.overc.internal.tree.FileTree;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets a root carry the modules of one kernel more than its own.
 *
 * <p>The kernel is on one file system and the default subvolume on another: no single write
 * switches both. So the root that becomes the default carries the modules of the kernel that is
 * still in place, and whichever of the two writes a power cut leaves behind, kernel and root belong
 * together. What is carried is marked, and dropped from the next root.
 */
public final class Modules {
  private static final String MARK = ".overc-carried";

  private final SideEffects effects;

  /**
   * Prepares to copy.
   *
   * @param effects the fault-injection point
   */
  public Modules(SideEffects effects) {
    this.effects = effects;
  }

  /**
   * Copies the modules of every kernel that one root has and another lacks; data is shared where
   * the file system can.
   *
   * @param from the root that has them
   * @param to the root that lacks them
   * @throws IOException if something cannot be read or written
   */
  public void carry(Path from, Path to) throws IOException {
    for (Path kernel : kernels(from)) {
      Path directory = modules(to);
      Path target = directory.resolve(String.valueOf(kernel.getFileName()));
      if (!Files.exists(kernel.resolve(MARK)) && !isComplete(kernel, target)) {
        effects.run(
            "carry modules " + kernel.getFileName(),
            () -> {
              Files.createDirectories(directory);
              FileTree.at(target).delete();
              // The step that follows writes the whole file system to the disk.
              FileTree.at(kernel).unsynced().copyTo(target);
              Files.createFile(target.resolve(MARK));
            });
      }
    }
  }

  /**
   * Removes from a root what was carried into the one it is a copy of.
   *
   * @param root the root
   * @throws IOException if something cannot be removed
   */
  public void dropCarried(Path root) throws IOException {
    for (Path kernel : kernels(root)) {
      if (Files.exists(kernel.resolve(MARK))) {
        effects.run("drop modules " + kernel.getFileName(), () -> FileTree.at(kernel).delete());
      }
    }
  }

  /** A removed package leaves what it did not bring, such as modules.dep: that is not complete. */
  private static boolean isComplete(Path kernel, Path copy) throws IOException {
    try (Stream<Path> entries = Files.list(kernel)) {
      return entries.allMatch(entry -> Files.exists(copy.resolve(kernel.relativize(entry))));
    }
  }

  private static List<Path> kernels(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Path directory = modules(root);
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(directory, Files::isDirectory)) {
        entries.forEach(found::add);
      }
    }
    found.sort(null);
    return found;
  }

  /** Finds lib/modules without following an absolute link out of the root. */
  private static Path modules(Path root) {
    return Stream.of("lib", "usr/lib")
        .map(root::resolve)
        .filter(lib -> Files.isDirectory(lib) && !Files.isSymbolicLink(lib))
        .map(lib -> lib.resolve("modules"))
        .reduce((first, second) -> Files.isDirectory(first) ? first : second)
        .orElse(root.resolve("lib/modules"));
  }
}
