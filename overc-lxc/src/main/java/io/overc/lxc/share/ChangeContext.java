package io.overc.lxc.share;

import io.overc.internal.time.Cancellation;
import io.overc.internal.tree.FileTree;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Tools;
import io.overc.lxc.layout.SharingArea;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What every change works with: tools, and the fault-injection point. */
public record ChangeContext(Tools tools, SideEffects effects) {

  /** Changes something; an error of the disk says what was attempted. */
  void run(String name, String attempt, SideEffects.Action<IOException> action) {
    try {
      effects.run(name, action);
    } catch (IOException e) {
      throw Disk.failed(attempt, e);
    }
  }

  <T> T make(String name, String attempt, SideEffects.Maker<T, IOException> maker) {
    try {
      return effects.make(name, maker);
    } catch (IOException e) {
      throw Disk.failed(attempt, e);
    }
  }

  /** Removes a tree by a rename, so that it is never seen half removed. */
  void remove(SharingArea area, List<Path> trees) {
    List<Path> there = trees.stream().filter(Disk::exists).toList();
    if (there.isEmpty() && !Disk.exists(area.trash())) {
      return;
    }
    run(
        "remove layouts",
        "remove " + there,
        () -> {
          sweep(area);
          Files.createDirectories(area.trash());
          for (Path tree : there) {
            Disk.replace(tree, area.trash().resolve(String.valueOf(tree.getFileName())));
          }
          sweep(area);
        });
  }

  @SuppressWarnings("try") // held, not used
  private void sweep(SharingArea area) throws IOException {
    try (Cancellation time = Cancellation.begin(tools.timeout())) {
      FileTree.at(area.trash()).delete();
    }
  }

  void sync(List<Path> directories) {
    tools.sync(directories.stream().filter(Files::isDirectory).toList());
  }

  void writeConfig(SharingArea area, String text) {
    run("write config", "write " + area.config(), () -> Disk.write(area.config(), text));
  }

  void removeJournal(SharingArea area) {
    run("remove journal", "remove the journal", () -> Disk.deleteDurably(area.journal()));
  }
}
