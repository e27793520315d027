package io.overc.lxc.overlay;

import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds what every change works with: tools, and the fault-injection point.
 *
 * @param runner starts tools
 * @param effects the fault-injection point
 * @param timeout how long a tool may take
 */
record Steps(CommandRunner runner, SideEffects effects, Duration timeout) {

  /** Changes something; an error of the disk says what was attempted. */
  void run(String name, String attempt, SideEffects.Action<IOException> action) {
    try {
      effects.run(name, action);
    } catch (IOException e) {
      throw Durable.failed(attempt, e);
    }
  }

  /** Removes a tree by a rename, so that it is never seen half removed, and a tool. */
  void remove(SharingArea area, List<Path> trees) {
    List<Path> there = trees.stream().filter(Durable::exists).toList();
    if (there.isEmpty() && !Durable.exists(area.trash())) {
      return;
    }
    run(
        "remove layouts",
        "remove " + there,
        () -> {
          sweep(area);
          Files.createDirectories(area.trash());
          for (Path tree : there) {
            Durable.rename(tree, area.trash().resolve(String.valueOf(tree.getFileName())));
          }
          sweep(area);
        });
  }

  private void sweep(SharingArea area) {
    if (Durable.exists(area.trash())) {
      runner
          .run(
              Command.of("rm", "-rf", "--one-file-system", "--", area.trash().toString())
                  .timeout(timeout)
                  .build())
          .orThrow("remove " + area.trash());
    }
  }

  /** Makes durable what is on the file systems of some directories. */
  void sync(List<Path> directories) {
    List<String> there =
        directories.stream().filter(Files::isDirectory).map(Path::toString).toList();
    runner
        .run(
            Command.of(Stream.concat(Stream.of("sync", "-f", "--"), there.stream()).toList())
                .timeout(timeout)
                .build())
        .orThrow("write " + there + " to the disk");
  }

  void writeConfig(SharingArea area, String text) {
    run("write config", "write " + area.config(), () -> Durable.write(area.config(), text));
  }

  void removeJournal(SharingArea area) {
    run("remove journal", "remove the journal", () -> Durable.delete(area.journal()));
  }
}
