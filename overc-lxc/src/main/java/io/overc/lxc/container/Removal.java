package io.overc.lxc.container;

import io.overc.internal.time.Cancellation;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Trees;
import io.overc.spi.SideEffects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Removes the directory of a container or of a snapshot, as the ids that its config maps. */
public record Removal(Trees trees, SideEffects effects) {
  /** Takes a directory away by one rename, then removes it even if cancelled meanwhile. */
  public void discard(Path directory, Path trash) {
    if (Disk.exists(directory)) {
      run(trash);
      effects.run("discard", () -> Disk.rename(directory, trash));
      Cancellation.shielded(() -> run(trash));
    }
  }

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
