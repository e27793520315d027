package io.overc.btrfs.lab;

import java.nio.file.Path;

/**
 * Offers packages to the stand-in for smart of a {@link BusyboxRoot}: directories inside the root.
 */
public final class SmartRepository implements PackageRepository {
  private final Path root;

  /**
   * Offers packages in a root.
   *
   * @param root where the root is mounted
   */
  public SmartRepository(Path root) {
    this.root = root;
  }

  @Override
  public void publish(LabPackage offered) {
    Path directory = root.resolve("srv/packages").resolve(offered.name());
    offered.stage(directory.resolve("files"));
    Skeleton.write(directory.resolve("version"), offered.version() + "\n");
    Skeleton.write(directory.resolve("pre"), offered.pre());
    Skeleton.write(directory.resolve("post"), offered.post());
  }
}
