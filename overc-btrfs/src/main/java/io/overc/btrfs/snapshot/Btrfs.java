package io.overc.btrfs.snapshot;

import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** The commands of btrfs-progs that this store needs. */
final class Btrfs {
  /** What btrfs receive says of a stream that is cut off, changed, or none. */
  private static final Pattern NOT_WHOLE =
      Pattern.compile("short read from stream|crc32 mismatch|unexpected header|empty stream");

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
    CommandResult result =
        runner.run(
            Command.of("btrfs", "receive", "-f")
                .argument(file)
                .argument(directory)
                .timeout(STREAM)
                .build());
    if (!result.succeeded() && NOT_WHOLE.matcher(result.stderr()).find()) {
      throw new VerificationException(
          "Could not import %s: it holds no whole snapshot: %s"
              .formatted(file, result.stderr().strip().replaceFirst("(?s).*ERROR: ", "")),
          Remedy.other("export it again"));
    }
    result.orThrow("import " + file);
  }
}
