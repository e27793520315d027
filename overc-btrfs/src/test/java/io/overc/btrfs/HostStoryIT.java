package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.btrfs.lab.BusyboxRoot;
import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.SmartRepository;
import io.overc.error.RefusedException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.host.HostStatus;
import io.overc.host.HostUpgrader;
import io.overc.host.PackageChange;
import io.overc.host.Phase;
import io.overc.host.RollbackOptions;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeResult;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The story of a host, from the first upgrade to the way back, on a real btrfs. */
class HostStoryIT {
  private Lab lab;
  private HostDisk disk;
  private HostUpgrader host;

  @BeforeEach
  void makeHost() {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "sfdisk", "losetup", "busybox");
    lab = Lab.open();
    disk = HostDisk.create(lab, DiskLayout.small(), new BusyboxRoot("1"));
    host = BtrfsHostUpgrader.builder().root(disk.root()).boot(disk.boot()).build();
  }

  @AfterEach
  void removeHost() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  @DisplayName("upgrade, reboot, roll back, reboot: each time what was meant runs")
  void upgradeAndRollBack() throws IOException {
    assertThat(host.preflight().broken()).isEmpty();
    assertThat(host.status().phase()).isEqualTo(Phase.CLEAN);
    assertThat(host.availableUpdates()).isEmpty();
    publish("2");
    assertThat(host.availableUpdates())
        .extracting(PackageChange::name)
        .contains("lab-demo", "lab-kernel");

    List<Event> events = new ArrayList<>();
    UpgradeResult result =
        host.upgrade(UpgradeOptions.defaults(), OperationOptions.of(events::add));

    assertThat(result.slot()).contains("rootfs_upgrade");
    assertThat(result.kernelChanged()).isTrue();
    assertThat(events.get(0)).isInstanceOf(Event.Started.class);
    assertThat(events).anyMatch(e -> e instanceof Event.Output o && o.line().contains("lab-demo"));
    assertThat(host.status().phase()).isEqualTo(Phase.UPGRADE_PENDING);
    assertThat(version()).as("what runs is untouched").isEqualTo("1");
    assertThatThrownBy(() -> host.rollback(RollbackOptions.defaults(), OperationOptions.defaults()))
        .isInstanceOf(RefusedException.class);

    disk.reboot();
    assertThat(version()).isEqualTo("2");
    assertThat(kernel("bzImage")).contains("2");
    assertThat(kernel("bzImage_bakup")).contains("1");
    HostStatus status = host.status();
    assertThat(status.phase()).isEqualTo(Phase.CLEAN);
    assertThat(status.lastSwitch().orElseThrow().outcome())
        .isEqualTo(HostStatus.BootOutcome.BOOTED_AS_EXPECTED);

    disk.rebootIntoBackup();
    assertThat(version()).isEqualTo("1");
    assertThat(host.status().phase()).isEqualTo(Phase.BACKUP_MODE);
    assertThatThrownBy(() -> host.upgrade(UpgradeOptions.defaults(), OperationOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("backup mode");

    disk.reboot();
    assertThat(host.rollback(RollbackOptions.defaults(), OperationOptions.defaults()).slot())
        .isEqualTo("rootfs");
    assertThat(host.status().phase()).isEqualTo(Phase.ROLLBACK_PENDING);
    disk.reboot();
    assertThat(version()).isEqualTo("1");
    assertThat(kernel("bzImage")).contains("1");
    assertThat(host.status().phase()).isEqualTo(Phase.CLEAN);
  }

  @Test
  @DisplayName("a pending upgrade is dropped by cancel, kernel included")
  void cancel() throws IOException {
    publish("2");
    host.upgrade(UpgradeOptions.defaults(), OperationOptions.defaults());
    assertThat(kernel("bzImage")).contains("2");

    assertThat(host.cancel(OperationOptions.defaults())).isTrue();

    assertThat(host.status().phase()).isEqualTo(Phase.CLEAN);
    assertThat(kernel("bzImage")).contains("1");
    assertThat(host.cancel(OperationOptions.defaults())).isFalse();
    disk.reboot();
    assertThat(version()).isEqualTo("1");
  }

  private void publish(String version) {
    SmartRepository repository = new SmartRepository(disk.root());
    repository.publish(LabPackage.demo(version));
    repository.publish(LabPackage.fakeKernel(version));
  }

  private String version() throws IOException {
    return Files.readString(disk.root().resolve(LabPackage.VERSION_FILE.substring(1))).strip();
  }

  private String kernel(String name) throws IOException {
    return Files.readString(disk.boot().resolve(name));
  }
}
