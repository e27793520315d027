package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.DebianKernels;
import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.GrubLoader;
import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.QemuBoot;
import io.overc.btrfs.lab.QemuBoot.Entry;
import io.overc.btrfs.lab.RpmRepository;
import io.overc.btrfs.lab.RpmRoot;
import io.overc.event.OperationOptions;
import io.overc.host.HostUpgrader;
import io.overc.host.RollbackOptions;
import io.overc.host.UpgradeOptions;
import io.overc.testkit.Real;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Boots the disk of a host in a machine of its own: real GRUB, real kernels. */
class HostBootIT {
  private final Lab lab = openLab();

  private static Lab openLab() {
    Real.root();
    Real.tools("btrfs", "losetup", "sfdisk", "mke2fs", "mkfs.btrfs", "busybox");
    Real.tools("dnf", "rpmbuild", "createrepo_c");
    Real.tools("qemu-system-x86_64", "grub-mkimage", "grub-editenv");
    Real.tools("depmod", "modprobe", "cpio", "apt-get", "dpkg");
    return Lab.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  @DisplayName("what boots before, after and beside an upgrade, and after the way back")
  void bootsWhatIsMeant() throws Exception {
    DebianKernels kernels = DebianKernels.get(lab);
    RpmRepository repository = RpmRoot.repository(lab, kernels.kernelPackage(1));
    RpmRoot contents = new RpmRoot(lab, repository);
    try (HostDisk disk = HostDisk.create(lab, DiskLayout.of(64, 320), contents)) {
      GrubLoader.install(lab, disk, kernels);
      assertCameUp(boot(disk, Entry.NORMAL), "1", "/rootfs", kernels.release(1));

      repository.publish(LabPackage.demo("2"));
      repository.publish(kernels.kernelPackage(2));
      HostUpgrader upgrader =
          BtrfsHostUpgrader.builder()
              .root(disk.root())
              .boot(disk.boot())
              .packageManager("dnf")
              .installroot()
              .build();
      upgrader.update(OperationOptions.defaults());
      upgrader.upgrade(UpgradeOptions.defaults(), OperationOptions.defaults());
      assertCameUp(boot(disk, Entry.NORMAL), "2", "/rootfs_upgrade", kernels.release(2));
      assertCameUp(boot(disk, Entry.BACKUP), "1", "/rootfs_bakup", kernels.release(1));

      // As a power cut leaves it between set-default and the new kernel's name.
      Files.move(
          disk.boot().resolve("bzImage"),
          disk.boot().resolve("aside"),
          StandardCopyOption.ATOMIC_MOVE);
      Files.copy(disk.boot().resolve("bzImage_bakup"), disk.boot().resolve("bzImage"));
      assertCameUp(boot(disk, Entry.NORMAL), "2", "/rootfs_upgrade", kernels.release(1));
      Files.move(
          disk.boot().resolve("aside"),
          disk.boot().resolve("bzImage"),
          StandardCopyOption.ATOMIC_MOVE);

      upgrader.rollback(RollbackOptions.defaults(), OperationOptions.defaults());
      assertCameUp(boot(disk, Entry.NORMAL), "1", "/rootfs", kernels.release(1));
    }
  }

  private QemuBoot.Result boot(HostDisk disk, Entry entry) {
    QemuBoot.Result result = QemuBoot.boot(lab, disk, entry);
    disk.reboot();
    return result;
  }

  /** The root and its program are of the version, and the kernel that runs has modules in it. */
  private static void assertCameUp(
      QemuBoot.Result result, String version, String subvolume, String kernel) {
    assertThat(List.of(result.version(), result.program(), result.subvolume(), result.kernel()))
        .containsExactly(version, "lab-program " + version, subvolume, kernel);
    assertThat(result.modules()).contains(kernel);
  }
}
