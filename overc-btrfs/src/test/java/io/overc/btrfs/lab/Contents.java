package io.overc.btrfs.lab;

import java.nio.file.Path;

/** Fills a disk. */
@FunctionalInterface
public interface Contents {

  /**
   * Puts a system on a disk.
   *
   * @param root where the root file system is mounted
   * @param boot where the boot partition is mounted
   */
  void install(Path root, Path boot);
}
