package io.overc.lxc.disk;

import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes, snapshots and deletes btrfs subvolumes together with those nested in them. A container
 * makes such ones itself: systemd does at its first boot, for /home, /srv and others. A bare
 * snapshot leaves them out, and a bare deletion refuses.
 */
public record Subvolumes(Tools tools) {
  public void create(Path at) {
    btrfs("create", at);
  }

  public void snapshot(Path from, Path to) {
    btrfs("snapshot", from, to);
    for (Path nested : nested(from)) {
      Path inner = to.resolve(from.relativize(nested));
      try {
        Files.delete(inner); // The empty directory that stands for it.
      } catch (IOException e) {
        throw Disk.failed("snapshot the subvolume " + nested, e);
      }
      btrfs("snapshot", nested, inner);
    }
  }

  public void delete(Path subvolume) {
    List<Path> all = new ArrayList<>(List.of(subvolume));
    all.addAll(nested(subvolume));
    Collections.reverse(all);
    for (Path each : all) {
      btrfs("delete", each);
    }
  }

  /** Tells whether a snapshot of what is in one directory can be made in the other. */
  public static boolean shared(Path one, Path other) {
    try {
      return Files.getFileStore(one).name().equals(Files.getFileStore(other).name());
    } catch (IOException e) {
      throw Disk.failed("compare the file systems of " + one + " and " + other, e);
    }
  }

  /** The root of every subvolume, and nothing else on btrfs, has the inode 256. */
  public static boolean is(Path path) {
    try {
      return Files.isDirectory(path)
          && Files.getFileStore(path).type().equals("btrfs")
          && Long.valueOf(256).equals(Files.getAttribute(path, "unix:ino"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the subvolumes below one, each before those nested in it. */
  private List<Path> nested(Path subvolume) {
    // Tells quickly that there is none, as usual, but not where one is.
    CommandResult children =
        tools
            .runner()
            .run(Command.of("btrfs", "subvolume", "list", "-o").argument(subvolume).build());
    if (children.succeeded() && children.stdout().isBlank()) {
      return List.of();
    }
    String found =
        tools.run(
            "find the subvolumes in " + subvolume,
            Command.of("find", subvolume.toString(), "-mindepth", "1")
                .arguments("-type", "d", "-inum", "256", "-print0"));
    return Stream.of(found.split("\0", -1))
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .filter(Subvolumes::is)
        .toList();
  }

  private void btrfs(String command, Path... paths) {
    CommandBuilder btrfs = Command.of("btrfs", "subvolume", command);
    List.of(paths).forEach(btrfs::argument);
    tools.run("%s the subvolume %s".formatted(command, paths[0]), btrfs);
  }
}
