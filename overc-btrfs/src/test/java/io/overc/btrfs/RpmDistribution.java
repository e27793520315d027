package io.overc.btrfs;

import io.overc.btrfs.lab.Contents;
import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.RpmRepository;
import io.overc.btrfs.lab.RpmRoot;
import io.overc.testkit.Real;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A root of rpm packages without a package manager of its own: one works on it from outside. */
final class RpmDistribution implements Distribution {
  private final Lab lab;
  private final String manager;
  private @Nullable RpmRepository installed;

  RpmDistribution(Lab lab, String manager) {
    this.manager = manager;
    Real.tools(manager, "dnf", "rpmbuild", "createrepo_c");
    this.lab = lab;
  }

  @Override
  public DiskLayout layout() {
    return DiskLayout.of(24, 160);
  }

  @Override
  public Contents contents(LabPackage kernel) {
    RpmRepository repository = RpmRoot.repository(lab, kernel);
    installed = repository;
    return new RpmRoot(lab, repository);
  }

  @Override
  public Offer offer(Path root) {
    if (installed == null) {
      throw new IllegalStateException("nothing is installed yet");
    }
    RpmRepository repository = installed.copy();
    RpmRoot.useRepository(root, "file://" + repository.directory());
    return new Offer(
        repository, repository.directory(), ".rpm", url -> RpmRoot.useRepository(root, url));
  }

  @Override
  public UnaryOperator<BtrfsHostUpgraderBuilder> configuration() {
    return builder -> builder.packageManager(manager).installroot();
  }
}
