package io.overc.btrfs;

import io.overc.btrfs.lab.Contents;
import io.overc.btrfs.lab.DebRepository;
import io.overc.btrfs.lab.DebRoot;
import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.PackageServer;
import io.overc.testkit.Real;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A debootstrapped Debian with its own apt, run by chroot; found by looking. */
final class AptDistribution implements Distribution {
  private final Lab lab;
  private @Nullable DebRepository installed;
  private @Nullable PackageServer server;

  AptDistribution(Lab lab) {
    Real.tools("debootstrap", "dpkg-deb");
    this.lab = lab;
  }

  @Override
  public DiskLayout layout() {
    return DiskLayout.of(24, 640);
  }

  @Override
  public Contents contents(LabPackage kernel) {
    DebRepository repository = DebRoot.repository(lab, kernel);
    installed = repository;
    return new DebRoot(lab, repository);
  }

  @Override
  public Offer offer(Path root) {
    if (installed == null) {
      throw new IllegalStateException("nothing is installed yet");
    }
    close();
    DebRepository repository = installed.copy();
    PackageServer started = PackageServer.start(repository.directory());
    server = started;
    DebRoot.useRepository(root, started.url());
    return new Offer(
        repository, repository.directory(), ".deb", url -> DebRoot.useRepository(root, url));
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public UnaryOperator<BtrfsHostUpgraderBuilder> configuration() {
    return builder -> builder;
  }
}
