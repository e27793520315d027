package io.overc.lxc;

import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Trees;
import io.overc.spi.Mutations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Removes the directory of a container or of a snapshot, as the ids that its config maps. */
final class Removal {
  private final Trees trees;
  private final Mutations mutations;

  Removal(Trees trees, Mutations mutations) {
    this.trees = trees;
    this.mutations = mutations;
  }

  void run(Path directory) {
    if (!Disk.exists(directory)) {
      return;
    }
    List<String> mapped =
        Files.isRegularFile(directory.resolve("config"))
            ? IdMap.unlessRoot(ContainerConfig.of(directory))
            : List.of();
    mutations.run("remove tree", () -> trees.remove(directory, mapped));
  }
}
