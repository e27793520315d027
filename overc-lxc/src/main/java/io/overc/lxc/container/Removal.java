package io.overc.lxc.container;

import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Trees;
import io.overc.spi.SideEffects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Removes the directory of a container or of a snapshot, as the ids that its config maps. */
public final class Removal {
  private final Trees trees;
  private final SideEffects effects;

  /**
   * Removes directories.
   *
   * @param trees removes them
   * @param effects the fault-injection point
   */
  public Removal(Trees trees, SideEffects effects) {
    this.trees = trees;
    this.effects = effects;
  }

  /** Removes a directory, if it is there. */
  public void run(Path directory) {
    if (!Disk.exists(directory)) {
      return;
    }
    List<String> mapped =
        Files.isRegularFile(directory.resolve("config"))
            ? IdMap.unlessRoot(ContainerConfig.of(directory))
            : List.of();
    effects.run("remove tree", () -> trees.remove(directory, mapped));
  }
}
