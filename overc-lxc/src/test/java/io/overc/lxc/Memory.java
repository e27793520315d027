package io.overc.lxc;

import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** File systems in memory, which {@code umount --recursive} of the first ends. */
final class Memory {
  private Memory() {}

  /** Mounts a tmpfs at a new place, whose path is short. */
  static Path tmpfs() throws IOException {
    Path place = Files.createTempDirectory("lxct").toRealPath();
    run("mount", "-t", "tmpfs", "-o", "mode=755,size=1G", "lxct", place.toString());
    return place;
  }

  /** Mounts a disk below such a place. */
  static Path disk(Path tmpfs) throws IOException {
    Real.tools("mkfs.ext4");
    Path directory = Files.createDirectory(tmpfs.resolve("d"));
    String disk = tmpfs.resolve("disk").toString();
    run("truncate", "-s", "800M", disk);
    run("mkfs.ext4", "-q", "-O", "^has_journal", disk);
    run("mount", "-o", "loop", disk, directory.toString());
    return directory;
  }

  private static void run(String tool, String... arguments) {
    CommandRunner.system().run(Command.of(tool, arguments).build()).orThrow("run " + tool);
  }
}
