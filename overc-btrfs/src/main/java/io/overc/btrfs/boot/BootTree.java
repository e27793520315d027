package io.overc.btrfs.boot;

import io.overc.internal.tree.FileTree;
import io.overc.internal.tree.TreeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is in a boot directory, as deep as boot loaders look. */
final class BootTree {
  private static final int DEPTH = 5;

  private BootTree() {}

  /**
   * Returns the regular files, relative to the directory, sorted; none if there is no directory.
   */
  static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    FileTree.at(directory)
        .walk(
            entry -> {
              if (entry.type() == TreeEntry.Type.FILE) {
                found.add(entry.path());
              }
              return entry.path().getNameCount() < DEPTH;
            });
    Collections.sort(found);
    return found;
  }
}
