package io.overc.btrfs.snapshot;

import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The commands of btrfs-progs that this store needs. */
final class Btrfs {
  /** What btrfs receive says of a stream that is cut off, changed, or none. */
  private static final Pattern NOT_WHOLE =
      Pattern.compile("short read from stream|crc32 mismatch|unexpected header|empty stream");

  // The last command: no content, number 21, and its checksum.
  private static final byte[] END = HexFormat.of().parseHex("000000001500506cc99d");

  private static final Duration STREAM = Duration.ofHours(6);

  // A stream of version 2 may say how much memory its reader is to take.
  private static final String MEMORY = "--as=" + (1L << 30);

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

  /**
   * Receives a stream, which can name nothing outside of the directory: that is the root for the
   * names in the stream, and as {@code -m} for the subvolumes that it clones from.
   */
  void receive(Path file, Path directory) throws IOException {
    requireEnd(file);
    CommandResult result =
        runner.run(
            Command.of("prlimit", MEMORY, "btrfs", "receive", "--chroot", "-m")
                .argument(directory)
                .arguments("-f")
                .argument(file)
                .argument(directory)
                .timeout(STREAM)
                .build());
    if (!result.succeeded() && NOT_WHOLE.matcher(result.stderr()).find()) {
      throw notWhole(file, result.stderr().strip().replaceFirst("(?s).*ERROR: ", ""));
    }
    result.orThrow("import " + file);
  }

  /** The tool takes a stream that is cut off between two commands for a whole one. */
  private static void requireEnd(Path file) throws IOException {
    ByteBuffer end = ByteBuffer.allocate(END.length);
    try (SeekableByteChannel stream = Files.newByteChannel(file)) {
      stream.position(Math.max(0, stream.size() - END.length));
      while (end.hasRemaining() && stream.read(end) >= 0) {}
    }
    if (!Arrays.equals(end.array(), END)) {
      throw notWhole(file, "its end is missing");
    }
  }

  private static VerificationException notWhole(Path file, String reason) {
    return new VerificationException(
        "Could not import %s: it holds no whole snapshot: %s".formatted(file, reason),
        Remedy.other("export it again"));
  }
}
