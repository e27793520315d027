package io.overc.btrfs.snapshot;

import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;

/** The commands of btrfs-progs that this store needs. */
final class Btrfs {
  private static final Duration STREAM = Duration.ofHours(6);

  private final CommandRunner runner;

  Btrfs(CommandRunner runner) {
    this.runner = runner;
  }

  void snapshot(Path from, Path to, boolean readOnly) {
    var command = Command.of("btrfs", "subvolume", "snapshot");
    if (readOnly) {
      command.arguments("-r");
    }
    runner
        .run(command.argument(from).argument(to).build())
        .orThrow("snapshot " + from + " as " + to);
  }

  /** Deletes a subvolume; that it is gone is committed on return, its space comes back later. */
  void delete(Path subvolume) {
    runner
        .run(
            Command.of("btrfs", "subvolume", "delete", "--commit-after")
                .argument(subvolume)
                .build())
        .orThrow("delete the subvolume " + subvolume);
  }

  boolean hasNested(Path subvolume) {
    return !runner
        .run(Command.of("btrfs", "subvolume", "list", "-o").argument(subvolume).build())
        .orThrow("list the subvolumes below " + subvolume)
        .stdout()
        .isBlank();
  }

  boolean isDefault(Path subvolume) {
    String shown =
        runner
            .run(Command.of("btrfs", "subvolume", "get-default").argument(subvolume).build())
            .orThrow("read the default subvolume of " + subvolume)
            .stdout()
            .strip();
    return shown.endsWith(" path " + MountedSubvolumes.inFileSystem(subvolume));
  }

  void send(Path snapshot, Path file) {
    runner
        .run(
            Command.of("btrfs", "send", "-f")
                .argument(file)
                .argument(snapshot)
                .timeout(STREAM)
                .build())
        .orThrow("export " + snapshot + " to " + file);
  }

  void receive(Path file, Path directory) {
    runner
        .run(
            Command.of("btrfs", "receive", "-f")
                .argument(file)
                .argument(directory)
                .timeout(STREAM)
                .build())
        .orThrow("import " + file);
  }
}
