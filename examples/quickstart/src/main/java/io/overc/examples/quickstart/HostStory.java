package io.overc.examples.quickstart;

import io.overc.Overc;
import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.RpmRepository;
import io.overc.btrfs.lab.RpmRoot;
import io.overc.config.Config;
import io.overc.host.HostStatus;
import io.overc.host.HostUpgrader;
import io.overc.host.PackageChange;
import io.overc.host.RollbackOptions;
import io.overc.host.UpgradeOptions;
import java.util.Locale;
import java.util.Map;

/** A host is upgraded and goes back: a real btrfs and the real dnf, on a disk in a file. */
final class HostStory {
  private final Narrator narrator;

  HostStory(Narrator narrator) {
    this.narrator = narrator;
  }

  void tell() {
    narrator.title("A host is upgraded, and goes back");
    Rescue.during(
        () -> {
          try (Lab lab = Lab.open()) {
            narrator.say("All of it in " + lab.directory() + "; this machine is not touched.");
            tell(lab);
          }
        });
  }

  private void tell(Lab lab) {
    narrator.chapter("A machine");
    RpmRepository repository = RpmRoot.repository(lab, LabPackage.fakeKernel("1"));
    try (HostDisk disk = HostDisk.create(lab, DiskLayout.small(), new RpmRoot(lab, repository))) {
      narrator.say(
          """
          A disk in a file: an ext4 partition for /boot, and a btrfs one whose subvolume
          'rootfs' is the default. On it a root that dnf installed from rpm packages built
          a moment ago. The boot menu has two entries: the default, and the backup.
          """);
      HostUpgrader host =
          Overc.load(
                  Config.of(
                      Map.of(
                          "btrfs.root",
                          disk.root().toString(),
                          "btrfs.boot",
                          disk.boot().toString(),
                          "btrfs.package-manager",
                          "dnf",
                          "btrfs.package-manager.mode",
                          "installroot")))
              .hostUpgrader();
      narrator.call("HostUpgrader host = Overc.load(config).hostUpgrader();");
      status(lab, disk, host);
      expectVersion(lab, disk, "1");
      upgrade(lab, disk, host, repository);
      goBack(lab, disk, host);
    }
  }

  private void upgrade(Lab lab, HostDisk disk, HostUpgrader host, RpmRepository repository) {
    narrator.chapter("Something newer");
    narrator.say("Version 2 of a program and of the kernel is published.");
    repository.publish(LabPackage.demo("2"));
    repository.publish(LabPackage.fakeKernel("2"));
    narrator.call("host.update(progress);");
    host.update(narrator.progress());
    narrator.call("host.newer()");
    for (PackageChange change : host.newer()) {
      narrator.fact(change.name(), change.installed().orElse("-") + " -> " + change.available());
    }

    narrator.chapter("The upgrade, in a snapshot of the running root");
    narrator.call("host.upgrade(UpgradeOptions.defaults(), progress);");
    host.upgrade(UpgradeOptions.defaults(), narrator.progress());

    narrator.chapter("Pending: what runs was not touched, the next boot brings up the new root");
    status(lab, disk, host);
    expectVersion(lab, disk, "1");

    narrator.chapter("The switch");
    narrator.say("A reboot: everything is unmounted, and the default subvolume mounted.");
    disk.reboot();
    status(lab, disk, host);
    expectVersion(lab, disk, "2");
  }

  private void goBack(Lab lab, HostDisk disk, HostUpgrader host) {
    narrator.chapter("The way back");
    narrator.call("host.rollback(RollbackOptions.defaults(), progress);");
    host.rollback(RollbackOptions.defaults(), narrator.progress());
    narrator.say("And a reboot.");
    disk.reboot();
    status(lab, disk, host);
    expectVersion(lab, disk, "1");
  }

  private void status(Lab lab, HostDisk disk, HostUpgrader host) {
    HostStatus status = host.status();
    narrator.call("host.status()");
    narrator.fact("phase", word(status.phase()));
    narrator.fact("running", status.running());
    narrator.fact("next boot", status.next());
    narrator.fact("backup", status.backup().orElse("none yet"));
    status
        .lastSwitch()
        .ifPresent(
            last ->
                narrator.fact(
                    "last " + last.operation(), last.meant() + ", " + word(last.outcome())));
    narrator.call("chroot " + "ROOT " + LabPackage.PROGRAM);
    narrator.fact("it says", program(lab, disk));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String program(Lab lab, HostDisk disk) {
    return lab.run("run the program", "chroot", disk.root(), LabPackage.PROGRAM).stdout().strip();
  }

  private static void expectVersion(Lab lab, HostDisk disk, String version) {
    String said = program(lab, disk);
    if (!said.equals("lab-program " + version)) {
      throw new IllegalStateException("version " + version + " should run, not: " + said);
    }
  }
}
