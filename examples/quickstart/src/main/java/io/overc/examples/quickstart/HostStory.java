package io.overc.examples.quickstart;

import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.RpmRepository;
import io.overc.btrfs.lab.RpmRoot;
import io.overc.error.InterruptedOperationException;
import io.overc.error.UnavailableException;
import io.overc.examples.console.Console;
import io.overc.examples.console.Program;
import io.overc.examples.overc.OvercCommand;
import io.overc.exec.Tools;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A host from its first upgrade to the way back, on a disk in a file, with the real dnf. */
final class HostStory {
  private static final String[] TOOLS = {
    "btrfs",
    "mkfs.btrfs",
    "mkfs.ext4",
    "sfdisk",
    "losetup",
    "unshare",
    "busybox",
    "dnf",
    "rpmbuild",
    "createrepo_c"
  };

  private final Console console;
  private final PrintStream out;
  private int chapter;

  HostStory(Console console) {
    this.console = console;
    this.out = console.out();
  }

  void tell() throws IOException {
    List<String> missing = Tools.missing(TOOLS);
    if (!missing.isEmpty()) {
      throw new UnavailableException(
          "The quickstart needs "
              + String.join(", ", missing)
              + ": "
              + Tools.fix(missing.get(0))
              + ", or run './quickstart --embedded'");
    }
    out.println("A host upgrade on a disk in a file. This machine's own system is not touched.");
    chapter("Make the disk: /boot, and a btrfs root with packages that dnf installs");
    Rescue.during(this::tellInLab);
    out.println();
    out.println("That was all; the disk is gone again. On a machine of your own, begin with:");
    out.println("    examples/bin/overc host preflight");
  }

  private void tellInLab() throws IOException {
    try (Lab lab = Lab.open()) {
      RpmRepository repository = RpmRoot.repository(lab, LabPackage.fakeKernel("1"));
      try (HostDisk disk = HostDisk.create(lab, DiskLayout.small(), new RpmRoot(lab, repository))) {
        tell(lab, repository, disk);
      }
    }
  }

  private void tell(Lab lab, RpmRepository repository, HostDisk disk) throws IOException {
    Path config = lab.directory().resolve("overc.properties");
    Files.writeString(
        config,
        String.join(
            "\n",
            "btrfs.root=" + disk.root(),
            "btrfs.boot=" + disk.boot(),
            "btrfs.package-manager=dnf",
            "btrfs.package-manager.mode=installroot"));
    expectVersion(lab, disk, "1");
    overc(config, 0, "status");

    chapter("Somebody publishes version 2 of a program and of the kernel");
    repository.publish(LabPackage.demo("2"));
    repository.publish(LabPackage.fakeKernel("2"));
    overc(config, 0, "update");
    overc(config, 100, "newer");

    chapter("Upgrade: in a snapshot, while version 1 goes on running");
    overc(config, 0, "upgrade");
    expectVersion(lab, disk, "1");
    overc(config, 0, "status");

    chapter("Reboot: the default subvolume is mounted, as the boot loader's normal entry does");
    disk.reboot();
    expectVersion(lab, disk, "2");
    overc(config, 0, "status");

    chapter("Go back");
    overc(config, 0, "rollback");
    disk.reboot();
    out.println("Rebooted.");
    expectVersion(lab, disk, "1");
    overc(config, 0, "status");
  }

  private void chapter(String title) {
    chapter++;
    out.println();
    out.println(chapter + ". " + title);
  }

  private void overc(Path config, int expected, String verb) {
    out.println("$ overc host " + verb);
    String[] arguments =
        Stream.of("--config", config.toString(), "host", verb).toArray(String[]::new);
    int exitCode = Program.of(OvercCommand.class).on(console.terminal()).run(arguments);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedOperationException("Stopped, and cleaned up", null);
    }
    if (exitCode != expected) {
      throw new IllegalStateException(
          "'overc host " + verb + "' returned " + exitCode + ", not " + expected);
    }
  }

  private void expectVersion(Lab lab, HostDisk disk, String version) {
    String says = lab.run("ask", "chroot", disk.root(), LabPackage.PROGRAM).stdout().strip();
    out.println("The running system says: " + says);
    if (!says.equals("lab-program " + version)) {
      throw new IllegalStateException("version " + version + " should be running");
    }
  }
}
