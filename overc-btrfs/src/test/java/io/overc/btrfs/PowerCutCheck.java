package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.state.Layout;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.host.HostStatus;
import io.overc.host.HostUpgrader;
import io.overc.host.Phase;
import io.overc.host.RecoveryResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds a disk that lost its power against the promise of a host upgrade: first as the boot loader
 * finds it, which replays no journal and repairs nothing, then as the booted system does.
 */
final class PowerCutCheck {
  private final Lab lab;
  private final HostDisk disk;
  private final Set<Map<String, String>> systems;
  private final boolean backupExpected;

  /**
   * Checks disks.
   *
   * @param disk a disk that is off, whose image is replaced between two checks
   * @param systems every whole system that there was before or after the verb
   * @param backupExpected whether there was a backup entry that boots before the verb
   */
  PowerCutCheck(Lab lab, HostDisk disk, Set<Map<String, String>> systems, boolean backupExpected) {
    this.lab = lab;
    this.disk = disk;
    this.systems = systems;
    this.backupExpected = backupExpected;
  }

  /**
   * Checks the disk.
   *
   * @param byBackup whether the machine comes up by the backup entry
   */
  void run(boolean byBackup) throws IOException {
    try {
      check(byBackup && backupExpected);
    } finally {
      disk.shutDown();
    }
  }

  /** Repairs the boot partition as the next boot does. */
  void repair() {
    disk.plugIn();
    try {
      repairBoot();
    } finally {
      disk.shutDown();
    }
  }

  private void check(boolean byBackup) throws IOException {
    disk.plugIn();
    assertSound("after the power cut");
    Map<String, String> seen = kernelsAsTheBootLoaderSeesThem();
    repairBoot();
    startUp(byBackup);
    HostImage found = HostImage.of(lab, disk);
    found.withKernels(seen).assertBootable(systems, backupExpected);
    found.assertBootable(systems, backupExpected);

    HostUpgrader host = BtrfsHostUpgrader.builder().root(disk.root()).boot(disk.boot()).build();
    host.status();
    host.recover(OperationOptions.defaults());
    assertSettled(host.status(), byBackup);
    HostImage.of(lab, disk).assertBootable(systems, backupExpected);
    assertThat(host.recover(OperationOptions.defaults()).outcome())
        .isEqualTo(Outcome.NOTHING_TO_DO);
    disk.shutDown();

    disk.plugIn();
    assertSound("after recovery");
    CommandResult boot = fsck("-fn");
    assertThat(boot.exitCode()).as("/boot after recovery: " + boot.stdout()).isZero();
    if (byBackup) {
      startUp(false);
      assertSettled(host.status(), false);
      HostImage.of(lab, disk).assertBootable(systems, backupExpected);
    }
  }

  private void startUp(boolean byBackup) {
    if (byBackup) {
      disk.startUp("-o", "subvol=" + Layout.BACKUP);
    } else {
      disk.startUp();
    }
  }

  private void assertSettled(HostStatus status, boolean byBackup) {
    assertThat(status.interrupted()).isEmpty();
    if (byBackup) {
      assertThat(status.phase()).isEqualTo(Phase.BACKUP_MODE);
    } else {
      assertThat(status.phase()).isIn(Phase.CLEAN, Phase.UPGRADE_PENDING, Phase.ROLLBACK_PENDING);
    }
    assertThat(HostImage.of(lab, disk).roots().keySet())
        .isSubsetOf(Layout.ROOTFS, Layout.UPGRADE, Layout.BACKUP);
  }

  private void assertSound(String when) {
    CommandResult result =
        lab.attempt(Command.of("btrfs", "check", "--readonly").argument(disk.rootDevice()).build());
    assertThat(result.exitCode()).as("btrfs check " + when + ": " + result.stderr()).isZero();
  }

  /**
   * Reads the kernels as GRUB does: the journal is not replayed, nothing is repaired, checksums of
   * metadata are not looked at.
   */
  private Map<String, String> kernelsAsTheBootLoaderSeesThem() throws IOException {
    Map<String, String> seen = new TreeMap<>();
    for (String name : HostImage.KERNELS) {
      Path copy = lab.newPath(name);
      lab.run(
          "read " + name,
          Command.of("debugfs", "-n", "-c", "-R", "dump /" + name + " " + copy)
              .argument(disk.bootDevice())
              .build());
      HostImage.release(copy).ifPresent(release -> seen.put(name, release));
      Files.deleteIfExists(copy);
    }
    return seen;
  }

  /** What a machine does with the boot partition before it is mounted (fstab's sixth field). */
  private void repairBoot() {
    CommandResult result = fsck("-p");
    assertThat(result.exitCode())
        .as("e2fsck -p of /boot: " + result.stdout() + result.stderr())
        .isIn(0, 1);
  }

  private CommandResult fsck(String mode) {
    return lab.attempt(Command.of("e2fsck", mode).argument(disk.bootDevice()).build());
  }
}
