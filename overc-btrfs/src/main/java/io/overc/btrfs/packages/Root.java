package io.overc.btrfs.packages;

import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import java.nio.file.Path;

/** A root in which packages are handled: a subvolume with proc, sysfs and devices in it. */
public interface Root {

  /**
   * Returns where this process finds the root.
   *
   * @return the path
   */
  Path files();

  /**
   * Returns where tools that {@link #run} find the root.
   *
   * @return the path
   */
  Path path();

  /**
   * Runs a tool of the host, in the namespace in which the root is mounted.
   *
   * @param command the command
   * @return what came of it
   */
  CommandResult run(CommandBuilder command);

  /**
   * Runs a tool of the root, with the root as its own.
   *
   * @param command the command
   * @return what came of it
   */
  default CommandResult chroot(CommandBuilder command) {
    return run(command.wrappedIn(java.util.List.of("chroot", path().toString())));
  }
}
