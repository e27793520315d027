package io.overc.btrfs;

import io.overc.btrfs.lab.BusyboxRoot;
import io.overc.btrfs.lab.DebianKernels;
import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.DiskState;
import io.overc.btrfs.lab.GrubLoader;
import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.SmartRepository;
import io.overc.spi.SideEffects;
import io.overc.testkit.FaultInjector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A host brought to the point at which a verb is tried, again and again. */
final class HostScenario implements AutoCloseable {
  private final Lab lab = Lab.openInMemory();
  private final Function<String, LabPackage> kernels;
  private final HostDisk disk;
  private final HostVerb verb;
  private final Set<Map<String, String>> systems = new HashSet<>();
  private final boolean backupExpected;
  private final List<String> points;
  private final DiskState before;
  private final String running;

  /**
   * Brings a host to a point.
   *
   * @param verb what will be tried there
   * @param history what is done before, from a fresh system of version 1: {@code publish N}, {@code
   *     reboot}, {@code grub}, a verb, or {@code kill VERB after POINT}
   */
  HostScenario(HostVerb verb, Path archive, String... history) {
    this(verb, archive, DiskLayout.small(), LabPackage::fakeKernel, history);
  }

  /**
   * Brings a host to a point.
   *
   * @param layout its disk
   * @param kernels makes the kernel package of a version
   */
  HostScenario(
      HostVerb verb,
      Path archive,
      DiskLayout layout,
      Function<String, LabPackage> kernels,
      String... history) {
    this.verb = verb;
    this.kernels = kernels;
    try {
      disk = HostDisk.create(lab, layout, new BusyboxRoot("1", kernels.apply("1")));
      for (String event : history) {
        systems.addAll(image().systems());
        replay(event, archive);
      }
      HostImage start = image();
      systems.addAll(start.systems());
      backupExpected = start.hasBackup() && start.kernels().containsKey("bzImage_bakup");
      running = running();
      before = disk.save();
      bootInto(running);
      points = record(verb);
      systems.addAll(image().systems());
    } catch (RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  private void replay(String event, Path archive) {
    String[] words = event.split(" ", 4);
    switch (words[0]) {
      case "publish" -> publish(words[1]);
      case "reboot" -> disk.reboot();
      case "grub" -> GrubLoader.install(lab, disk, DebianKernels.get(lab));
      case "kill" -> {
        HostVerb killed = HostVerb.valueOf(words[1]);
        String up = running();
        DiskState state = disk.save();
        bootInto(up);
        int point = record(killed).indexOf(words[2] + " " + words[3]);
        systems.addAll(image().systems());
        disk.reset(state);
        bootInto(up);
        killed.runKilled(disk, point, archive);
      }
      default -> HostVerb.valueOf(words[0]).run(disk.root(), disk.boot(), SideEffects.direct());
    }
  }

  private List<String> record(HostVerb recorded) {
    FaultInjector injector = FaultInjector.recording();
    recorded.run(disk.root(), disk.boot(), injector);
    return injector.points();
  }

  /**
   * Offers newer packages, to what runs and to what is pending; the kernel takes the modules of all
   * others away.
   */
  void publish(String version) {
    List<LabPackage> packages =
        List.of(
            LabPackage.demo(version),
            kernels
                .apply(version)
                .withPre(
                    "for m in /lib/modules/*; do [ -e $m/.overc-carried ] || rm -rf $m; done"));
    disk.atTop(
        top -> {
          Stream.of("rootfs", "rootfs_upgrade")
              .map(top::resolve)
              .filter(Files::isDirectory)
              .forEach(root -> packages.forEach(new SmartRepository(root)::publish));
          return top;
        });
  }

  /** Turns the disk back; what ran then runs again, although something else may be pending. */
  void reset() {
    disk.reset(before);
    bootInto(running);
  }

  private void bootInto(String subvolume) {
    disk.shutDown();
    disk.startUp("-o", "subvol=" + subvolume);
  }

  private String running() {
    return BtrfsHostUpgrader.builder()
        .root(disk.root())
        .boot(disk.boot())
        .build()
        .status()
        .running();
  }

  HostImage image() {
    return HostImage.of(lab, disk);
  }

  void assertBootable() {
    image().assertBootable(systems, backupExpected);
  }

  Lab lab() {
    return lab;
  }

  HostDisk disk() {
    return disk;
  }

  /** Returns the whole disk as it is before the verb. */
  Path saved() {
    return before.copy();
  }

  /** Returns the subvolume that runs when the verb is tried. */
  String runningRoot() {
    return running;
  }

  /** Returns every whole system that there is before or after the verb. */
  Set<Map<String, String>> systems() {
    return Set.copyOf(systems);
  }

  boolean backupExpected() {
    return backupExpected;
  }

  HostVerb verb() {
    return verb;
  }

  List<String> points() {
    return points;
  }

  @Override
  public void close() {
    lab.close();
  }
}
