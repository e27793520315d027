package io.overc.btrfs;

import io.overc.btrfs.lab.Contents;
import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.PackageRepository;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** What a host under test is made of; one for each package manager. */
interface Distribution extends AutoCloseable {
  /** How large a disk must be so that the root fits on it twice and a bit. */
  DiskLayout layout();

  /** The system with version 1 of everything. */
  Contents contents(LabPackage kernel);

  /** Points the root at a repository of its own that offers version 1 of everything. */
  Offer offer(Path root);

  /** Tells the upgrader which package manager to use. */
  UnaryOperator<BtrfsHostUpgraderBuilder> configuration();

  @Override
  default void close() {}

  /**
   * A repository, and how the root comes to use it over HTTP.
   *
   * @param repository where packages are published
   * @param directory its files
   * @param packages how the names of its packages end
   * @param useUrl points the root at an address
   */
  record Offer(
      PackageRepository repository,
      Path directory,
      String packages,
      java.util.function.Consumer<String> useUrl) {}
}
