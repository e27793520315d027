package io.overc.directory;

import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Copies with cp of coreutils: it shares blocks where the file system can (Java has no call for
 * that), and keeps hard links, extended attributes, holes and devices.
 */
final class CpTreeCopy implements TreeCopy {
  private final CommandRunner runner;
  private final Duration timeout;

  CpTreeCopy(CommandRunner runner, Duration timeout) {
    this.runner = runner;
    this.timeout = timeout;
  }

  @Override
  public void copy(Path from, Path to, boolean shared) {
    runner
        .run(
            Command.of("cp", "--archive", "--no-target-directory")
                .arguments(shared ? "--reflink=auto" : "--reflink=never", "--")
                .argument(from)
                .argument(to)
                .timeout(timeout)
                .build())
        .orThrow("copy " + from + " to " + to);
    // One sync of the file system is cheaper than an fsync of every file.
    runner
        .run(Command.of("sync", "--file-system", "--").argument(to).timeout(timeout).build())
        .orThrow("write " + to + " to the disk");
  }
}
