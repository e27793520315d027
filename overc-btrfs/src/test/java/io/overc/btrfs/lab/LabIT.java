package io.overc.btrfs.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.testkit.Real;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds that the laboratory itself works. */
class LabIT {
  private final Lab lab = openLab();

  private static Lab openLab() {
    Real.root();
    Real.tools("btrfs", "losetup", "sfdisk", "mke2fs", "mkfs.btrfs", "busybox");
    return Lab.open();
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
    assertThat(lab.directory()).doesNotExist();
    assertThat(lab.mounts().below(lab.directory())).isEmpty();
  }

  @Test
  @DisplayName("several threads open laboratories at once")
  void opensAtOnce() {
    IntStream.range(0, 50).parallel().forEach(i -> Lab.open().close());
  }

  @Test
  @DisplayName("a reset brings back the whole disk")
  void resetBringsBackTheDisk() throws Exception {
    try (HostDisk disk = HostDisk.create(lab, DiskLayout.small(), new BusyboxRoot("1"))) {
      DiskState state = disk.save();
      Files.writeString(disk.root().resolve("etc/lab-version"), "changed");
      Files.delete(disk.boot().resolve("bzImage"));
      disk.reset(state);
      assertThat(disk.root().resolve("etc/lab-version")).hasContent("1");
      assertThat(disk.boot().resolve("bzImage")).hasContent("kernel 1");
    }
  }

  @Test
  @DisplayName("a reboot brings up the default subvolume, the backup entry rootfs_bakup")
  void rebootBringsUpTheDefaultSubvolume() {
    try (HostDisk disk = HostDisk.create(lab, DiskLayout.small(), new BusyboxRoot("1"))) {
      disk.atTop(
          top -> {
            changedSnapshot(top, "rootfs_bakup", "backup");
            Path upgraded = changedSnapshot(top, "rootfs_upgrade", "2");
            return lab.run("switch", "btrfs", "subvolume", "set-default", upgraded);
          });
      disk.reboot();
      assertThat(disk.root().resolve("etc/lab-version")).hasContent("2");
      disk.rebootIntoBackup();
      assertThat(disk.root().resolve("etc/lab-version")).hasContent("backup");
    }
  }

  @Test
  @DisplayName("what a killed laboratory left behind is cleared away by the next")
  void clearsAwayWhatAKilledLaboratoryLeft() {
    Path left =
        Path.of(
            lab.run(
                    "abandon a laboratory",
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    AbandonedLab.class.getName())
                .stdout()
                .strip());
    assertThat(lab.mounts().below(left)).hasSize(2);
    Lab.open().close();
    assertThat(lab.mounts().below(left)).isEmpty();
    assertThat(left).doesNotExist();
  }

  @Test
  @DisplayName("the stand-in for smart speaks as smartpm does")
  void smart() {
    try (HostDisk disk = HostDisk.create(lab, DiskLayout.small(), new BusyboxRoot("1"))) {
      assertThat(smart(disk, "newer").exitCode()).isEqualTo(2);
      SmartRepository repository = new SmartRepository(disk.root());
      repository.publish(LabPackage.demo("2"));
      assertThat(smart(disk, "newer").stdout()).contains("lab-demo     | 1          | 2        |");
      assertThat(smart(disk, "upgrade", "-y").exitCode()).isZero();
      assertThat(program(disk)).isEqualTo("lab-program 2");
      repository.publish(LabPackage.demo("3").withPost("exit 1"));
      assertThat(smart(disk, "upgrade", "-y").exitCode()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("dnf installs a root and finds what was published later")
  void dnf() {
    Real.tools("dnf", "rpmbuild", "createrepo_c");
    RpmRepository repository = RpmRoot.repository(lab, LabPackage.fakeKernel("1"));
    try (HostDisk disk = HostDisk.create(lab, DiskLayout.small(), new RpmRoot(lab, repository))) {
      assertThat(program(disk)).isEqualTo("lab-program 1");
      repository.publish(LabPackage.demo("2"));
      assertThat(dnf(disk, "check-update").exitCode()).isEqualTo(100);
      assertThat(dnf(disk, "upgrade").exitCode()).isZero();
      assertThat(program(disk)).isEqualTo("lab-program 2");
      assertThat(dnf(disk, "check-update").exitCode()).isZero();
    }
  }

  @Test
  @DisplayName("a repository over HTTP vanishes in the middle of a package")
  void vanishingRepository() {
    Real.tools("dnf", "rpmbuild", "createrepo_c");
    RpmRepository repository = RpmRoot.repository(lab, LabPackage.fakeKernel("1"));
    try (HostDisk disk = HostDisk.create(lab, DiskLayout.small(), new RpmRoot(lab, repository));
        PackageServer server = PackageServer.start(repository.directory())) {
      RpmRoot.useRepository(disk.root(), server.url());
      repository.publish(LabPackage.demo("2").withPadding(1 << 20));
      assertThat(dnf(disk, "check-update").exitCode()).isEqualTo(100);
      server.vanishAt(".rpm");
      assertThat(dnf(disk, "upgrade").exitCode()).isEqualTo(1);
      assertThat(server.requests()).anyMatch(path -> path.endsWith("/lab-demo-2-1.x86_64.rpm"));
      assertThat(program(disk)).isEqualTo("lab-program 1");
    }
  }

  @Test
  @DisplayName("apt upgrades a debootstrapped root")
  void apt() {
    Real.tools("debootstrap", "dpkg-deb");
    DebRepository repository = DebRoot.repository(lab, LabPackage.fakeKernel("1"));
    DebRoot contents = new DebRoot(lab, repository);
    try (HostDisk disk = HostDisk.create(lab, DiskLayout.of(16, 640), contents);
        PackageServer server = PackageServer.start(repository.directory())) {
      assertThat(program(disk)).isEqualTo("lab-program 1");
      DebRoot.useRepository(disk.root(), server.url());
      repository.publish(LabPackage.demo("2"));
      lab.run("make a device", "mknod", disk.root().resolve("dev/null"), "c", "1", "3");
      lab.run("update", "chroot", disk.root(), "apt-get", "-q", "update");
      lab.run("upgrade", "chroot", disk.root(), "apt-get", "-q", "-y", "upgrade");
      assertThat(program(disk)).isEqualTo("lab-program 2");
    }
  }

  @Test
  @DisplayName("the disk boots through GRUB: once by the backup entry, then by the default again")
  void boots() throws Exception {
    Real.tools("dnf", "rpmbuild", "createrepo_c");
    Real.tools("qemu-system-x86_64", "grub-mkimage", "depmod", "cpio", "apt-get");
    DebianKernels kernels = DebianKernels.get(lab);
    RpmRepository repository = RpmRoot.repository(lab, kernels.kernelPackage(1));
    RpmRoot contents = new RpmRoot(lab, repository);
    try (HostDisk disk = HostDisk.create(lab, DiskLayout.of(64, 256), contents)) {
      GrubLoader.install(lab, disk, kernels);
      disk.atTop(top -> changedSnapshot(top, "rootfs_bakup", "backup"));
      Path other = lab.newDirectory("other");
      kernels.kernelPackage(2).stage(other);
      Files.copy(other.resolve("boot/bzImage"), disk.boot().resolve("bzImage_bakup"));

      QemuBoot.Result backup = QemuBoot.boot(lab, disk, QemuBoot.Entry.BACKUP);
      disk.reboot();
      QemuBoot.Result normal = QemuBoot.boot(lab, disk, QemuBoot.Entry.NORMAL);

      List<String> modules = List.of(kernels.release(1));
      assertThat(backup)
          .isEqualTo(
              new QemuBoot.Result(
                  "backup", "/rootfs_bakup", kernels.release(2), modules, "lab-program 1"));
      assertThat(normal)
          .isEqualTo(
              new QemuBoot.Result("1", "/rootfs", kernels.release(1), modules, "lab-program 1"));
    }
  }

  private Path changedSnapshot(Path top, String name, String version) {
    Path snapshot = top.resolve(name);
    lab.run("snapshot", "btrfs", "subvolume", "snapshot", top.resolve("rootfs"), snapshot);
    Skeleton.write(snapshot.resolve("etc/lab-version"), version + "\n");
    return snapshot;
  }

  private CommandResult dnf(HostDisk disk, String verb) {
    return lab.attempt(
        Command.of("dnf", "-y", "-q", "--refresh", "--installroot=" + disk.root(), verb).build());
  }

  private CommandResult smart(HostDisk disk, String... arguments) {
    return lab.attempt(
        Command.of("chroot", disk.root().toString(), "smart").arguments(arguments).build());
  }

  private String program(HostDisk disk) {
    return lab.run("run the program", "chroot", disk.root(), "/usr/bin/lab-program")
        .stdout()
        .strip();
  }
}
