package io.overc.btrfs;

import io.overc.btrfs.lab.Contents;
import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.PackageServer;
import io.overc.btrfs.lab.PacmanRepository;
import io.overc.btrfs.lab.PacmanRoot;
import io.overc.testkit.Real;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A root of pacman's packages, on which the pacman of this machine works; found by its database.
 */
final class PacmanDistribution implements Distribution {
  private final Lab lab;
  private @Nullable PacmanRepository installed;
  private @Nullable PackageServer server;

  PacmanDistribution(Lab lab) {
    Real.tools("pacman", "tar");
    this.lab = lab;
  }

  @Override
  public DiskLayout layout() {
    return DiskLayout.of(24, 160);
  }

  @Override
  public Contents contents(LabPackage kernel) {
    PacmanRepository repository = PacmanRoot.repository(lab, kernel);
    installed = repository;
    return new PacmanRoot(lab, repository);
  }

  @Override
  public Offer offer(Path root) {
    if (installed == null) {
      throw new IllegalStateException("nothing is installed yet");
    }
    close();
    PacmanRepository repository = installed.copy();
    PackageServer started = PackageServer.start(repository.directory());
    server = started;
    PacmanRoot.useRepository(root, started.url());
    return new Offer(
        repository,
        repository.directory(),
        PacmanRepository.ENDING,
        url -> PacmanRoot.useRepository(root, url));
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public UnaryOperator<BtrfsHostUpgraderBuilder> configuration() {
    return BtrfsHostUpgraderBuilder::installroot;
  }
}
