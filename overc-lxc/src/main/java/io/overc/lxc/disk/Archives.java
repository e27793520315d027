package io.overc.lxc.disk;

import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import java.nio.file.Path;
import java.util.List;

/**
 * Unpacks and packs archives with GNU tar, which keeps what a root file system needs: owners by
 * number, xattrs, ACLs, device nodes, hard links, holes.
 */
public record Archives(Tools tools) {
  /** Unpacks an archive that {@link ArchiveCheck} has passed. */
  public void unpack(Path archive, Path into, List<String> mapped) {
    CommandBuilder tar =
        Command.of("tar", "--extract", "--file", archive.toString())
            .arguments("--directory", into.toString());
    // Left to guess, tar could take a file that is two kinds at once for the one not checked.
    String compression = ArchiveReader.compression(archive).option();
    if (!compression.isEmpty()) {
      tar.arguments(compression);
    }
    tar.arguments("--numeric-owner", "--same-owner", "--preserve-permissions")
        .arguments("--xattrs", "--xattrs-include=*", "--acls", "--force-local");
    if (!mapped.isEmpty()) {
      // Who maps ids may not make device nodes; LXC makes those that a container needs.
      tar.arguments("--anchored", "--exclude=dev/*", "--exclude=./dev/*");
    }
    tools.run("unpack " + archive, tar.wrappedIn(mapped));
  }

  /** Packs a directory under its own name, as that name is seen by a process of a namespace. */
  public void pack(Path directory, Path archive, List<String> inside) {
    tools.run(
        "pack " + directory,
        Command.of("tar", "--create", "--gzip", "--file", archive.toString())
            .arguments("--directory", Disk.parent(directory).toString(), "--numeric-owner")
            .arguments("--xattrs", "--xattrs-include=*", "--acls", "--format=posix", "--sparse")
            .arguments("--force-local", "--", String.valueOf(directory.getFileName()))
            .wrappedIn(inside));
  }
}
