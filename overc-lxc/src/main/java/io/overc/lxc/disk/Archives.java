package io.overc.lxc.disk;

import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Unpacks and packs archives with GNU tar, which keeps what a root file system needs: owners by
 * number, xattrs, ACLs, device nodes, hard links, holes.
 */
public record Archives(CommandRunner runner, Duration timeout) {
  /** Unpacks an archive that {@link ArchiveCheck} has passed. */
  public void unpack(Path archive, Path into, List<String> mapped) {
    List<String> arguments = new ArrayList<>(mapped);
    arguments.addAll(
        List.of("tar", "--extract", "--file", archive.toString(), "--directory", into.toString()));
    String compression = ArchiveReader.compression(archive).option();
    if (!compression.isEmpty()) {
      arguments.add(compression);
    }
    arguments.addAll(
        List.of(
            "--numeric-owner",
            "--same-owner",
            "--preserve-permissions",
            "--xattrs",
            "--xattrs-include=*",
            "--acls",
            "--force-local"));
    if (!mapped.isEmpty()) {
      // Who maps ids may not make device nodes; LXC makes those that a container needs.
      arguments.addAll(List.of("--anchored", "--exclude=dev/*", "--exclude=./dev/*"));
    }
    runner.run(Command.of(arguments).timeout(timeout).build()).orThrow("unpack " + archive);
  }

  /** Packs a directory under its own name, as that name is seen by a process of a namespace. */
  public void pack(Path directory, Path archive, List<String> inside) {
    List<String> arguments = new ArrayList<>(inside);
    arguments.addAll(
        List.of(
            "tar",
            "--create",
            "--gzip",
            "--file",
            archive.toString(),
            "--directory",
            Disk.parent(directory).toString(),
            "--numeric-owner",
            "--xattrs",
            "--xattrs-include=*",
            "--acls",
            "--format=posix",
            "--sparse",
            "--force-local",
            "--",
            String.valueOf(directory.getFileName())));
    runner.run(Command.of(arguments).timeout(timeout).build()).orThrow("pack " + directory);
  }
}
