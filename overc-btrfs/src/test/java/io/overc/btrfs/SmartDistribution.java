package io.overc.btrfs;

import io.overc.btrfs.lab.BusyboxRoot;
import io.overc.btrfs.lab.Contents;
import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.SmartRepository;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A root of busybox with a stand-in for smart. */
final class SmartDistribution implements Distribution {
  @Override
  public DiskLayout layout() {
    return DiskLayout.small();
  }

  @Override
  public Contents contents(LabPackage kernel) {
    return new BusyboxRoot("1");
  }

  @Override
  public Offer offer(Path root) {
    return new Offer(new SmartRepository(root), root, "", url -> {});
  }

  @Override
  public UnaryOperator<BtrfsHostUpgraderBuilder> configuration() {
    return builder -> builder;
  }
}
