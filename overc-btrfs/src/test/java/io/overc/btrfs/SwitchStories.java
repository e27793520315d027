package io.overc.btrfs;

import static io.overc.host.UpgradeOptions.defaults;
import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.LabPackage;
import io.overc.event.OperationOptions;
import io.overc.host.HostStatus;
import io.overc.host.HostStatus.BootOutcome;
import io.overc.host.HostStatus.LastSwitch;
import io.overc.host.HostUpgrader;
import io.overc.host.PackageChange;
import io.overc.host.Phase;
import io.overc.host.RollbackResult;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeOptions.PendingPolicy;
import io.overc.host.UpgradePlan;
import io.overc.host.UpgradeResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a host goes through when nothing goes wrong. */
interface SwitchStories {
  /** What package managers write when they are asked what is newer. */
  Pattern PACKAGE_MANAGERS_OWN = Pattern.compile("/var/log/|/var/cache/|/rpmdb\\.sqlite-(shm|wal)");

  /** Returns the host under test; as it was in the beginning before each test. */
  TestHost host();

  @Test
  @DisplayName("an upgrade is pending until the reboot, and runs after it")
  default void upgradeRunsAfterTheReboot() {
    host().publish(LabPackage.demo("2"));
    List<PackageChange> newer = host().upgrader().availableUpdates();
    assertThat(newer).singleElement().satisfies(SwitchStories::isDemoFrom1To2);

    UpgradeResult result = host().upgrade();

    assertThat(result)
        .isEqualTo(new UpgradeResult(true, Optional.of("rootfs_upgrade"), newer, false, false));
    assertThat(host().version()).isEqualTo("1");
    HostStatus pending = host().upgrader().status();
    assertThat(pending.phase()).isEqualTo(Phase.UPGRADE_PENDING);
    assertThat(pending.running()).isEqualTo("rootfs");
    assertThat(pending.next()).isEqualTo("rootfs_upgrade");
    assertThat(pending.backup()).contains("rootfs_bakup");
    assertThat(pending.lastSwitch().map(LastSwitch::outcome)).contains(BootOutcome.NOT_BOOTED_YET);

    host().disk().reboot();

    assertThat(host().version()).isEqualTo("2");
    HostStatus after = host().upgrader().status();
    assertThat(after.phase()).isEqualTo(Phase.CLEAN);
    assertThat(after.lastSwitch().map(LastSwitch::outcome))
        .contains(BootOutcome.BOOTED_AS_EXPECTED);
    assertThat(host().upgrader().availableUpdates()).isEmpty();
    assertThat(host().top("rootfs_bakup/etc/lab-version")).isEqualTo("1");
  }

  private static void isDemoFrom1To2(PackageChange change) {
    assertThat(change.name()).startsWith("lab-demo");
    assertThat(change.installed()).hasValueSatisfying(v -> assertThat(v).startsWith("1"));
    assertThat(change.available()).startsWith("2");
  }

  @Test
  @DisplayName("the second upgrade goes back to the first slot and renews the backup")
  default void secondUpgrade() {
    host().publish(LabPackage.demo("2"));
    host().upgrade();
    host().disk().reboot();
    host().publish(LabPackage.demo("3"));
    assertThat(host().upgrade().slot()).contains("rootfs");
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("3");
    assertThat(host().top("rootfs_bakup/etc/lab-version")).isEqualTo("2");
  }

  @Test
  @DisplayName("nothing newer: nothing is changed")
  default void nothingNewer() {
    Map<String, String> before = host().everything();
    assertThat(host().upgrade()).isEqualTo(UpgradeResult.nothingNewer());
    assertThat(host().changesSince(before)).isEmpty();
    assertThat(host().phase()).isEqualTo(Phase.CLEAN);
  }

  @Test
  @DisplayName("nothing newer, but forced: a new root is made and switched to")
  default void forced() {
    UpgradeResult result =
        host()
            .upgrader()
            .upgrade(UpgradeOptions.builder().force(true).build(), OperationOptions.defaults());
    assertThat(result)
        .isEqualTo(new UpgradeResult(true, Optional.of("rootfs_upgrade"), List.of(), false, false));
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("1");
    assertThat(host().upgrader().status().running()).isEqualTo("rootfs_upgrade");
  }

  @Test
  @DisplayName("the plan touches nothing and names what the upgrade then changes")
  default void planEqualsTheRealRun() {
    host().publish(LabPackage.demo("2"), LabPackage.fakeKernel("2"));
    Map<String, String> before = host().everything();
    UpgradePlan plan = host().upgrader().plan(defaults());
    assertThat(host().changesSince(before))
        .allMatch(change -> PACKAGE_MANAGERS_OWN.matcher(change).find(), "log or cache");
    assertThat(host().upgrade().packages()).isEqualTo(plan.packages()).hasSize(2);
  }

  @Test
  @DisplayName("cancel drops a pending upgrade, its kernel too; a second cancel finds nothing")
  default void cancel() {
    host().publish(LabPackage.demo("2"), LabPackage.fakeKernel("2"));
    host().upgrade();
    assertThat(host().boot("bzImage")).isEqualTo("kernel 2");
    assertThat(host().upgrader().cancel(OperationOptions.defaults())).isTrue();
    assertThat(host().boot("bzImage")).isEqualTo("kernel 1");
    assertThat(host().phase()).isEqualTo(Phase.CLEAN);
    assertThat(host().upgrader().cancel(OperationOptions.defaults())).isFalse();
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("1");
    assertThat(host().upgrade().upgraded()).isTrue();
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("2");
  }

  @Test
  @DisplayName("a rollback brings back the version and the kernel before the upgrade")
  default void rollbackGoesBack() {
    host().publish(LabPackage.demo("2"), LabPackage.fakeKernel("2"));
    assertThat(host().upgrade().kernelChanged()).isTrue();
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("2");
    assertThat(host().rollback()).isEqualTo(new RollbackResult("rootfs", true, false));
    assertThat(host().phase()).isEqualTo(Phase.ROLLBACK_PENDING);
    assertThat(host().version()).isEqualTo("2");
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("1");
    assertThat(host().boot("bzImage")).isEqualTo("kernel 1");
    assertThat(host().phase()).isEqualTo(Phase.CLEAN);
    assertThat(host().disk().root().resolve("lib/modules/1/modules.order")).exists();
  }

  @Test
  @DisplayName("an upgrade that continues from the pending one keeps what that one did")
  default void continuesFromThePending() throws Exception {
    host().publish(LabPackage.demo("2"));
    host().upgrade();
    host().writeAtTop("rootfs_upgrade/etc/kept", "kept");
    host().publish(LabPackage.fakeKernel("2"));
    UpgradeResult result =
        host()
            .upgrader()
            .upgrade(
                UpgradeOptions.builder().pending(PendingPolicy.CONTINUE).build(),
                OperationOptions.defaults());
    assertThat(result.kernelChanged()).isTrue();
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("2");
    assertThat(host().disk().root().resolve("etc/kept")).hasContent("kept");
    assertThat(host().boot("bzImage")).isEqualTo("kernel 2");
    assertThat(host().boot("bzImage_bakup")).isEqualTo("kernel 1");
    assertThat(host().top("rootfs_bakup/etc/lab-version")).isEqualTo("1");
  }

  @Test
  @DisplayName("the reboot command runs on request, and only when all is done")
  default void reboots() {
    Path sign = host().lab().newPath("rebooted");
    HostUpgrader upgrader =
        host().builder().rebootCommand(List.of("touch", sign.toString())).build();
    assertThat(
            upgrader
                .upgrade(UpgradeOptions.builder().reboot(true).build(), OperationOptions.defaults())
                .rebooting())
        .isFalse();
    assertThat(sign).doesNotExist();
    host().publish(LabPackage.demo("2"));
    assertThat(
            upgrader
                .upgrade(UpgradeOptions.builder().reboot(true).build(), OperationOptions.defaults())
                .rebooting())
        .isTrue();
    assertThat(sign).exists();
    assertThat(host().phase()).isEqualTo(Phase.UPGRADE_PENDING);
  }

  @Test
  @DisplayName("a kernel that did not change is not copied")
  default void kernelUnchanged() throws Exception {
    host().publish(LabPackage.demo("2"));
    host().upgrade();
    host().disk().reboot();
    host().publish(LabPackage.demo("3"));
    Map<String, String> before = bootFiles();
    assertThat(host().upgrade().kernelChanged()).isFalse();
    assertThat(bootFiles()).isEqualTo(before).containsKeys("bzImage", "bzImage_bakup");
  }

  private Map<String, String> bootFiles() throws Exception {
    Map<String, String> inodes = new java.util.TreeMap<>();
    try (var files = Files.list(host().disk().boot())) {
      for (Path file : files.toList()) {
        inodes.put(file.getFileName().toString(), Files.getAttribute(file, "unix:ino").toString());
      }
    }
    return inodes;
  }

  @Test
  @DisplayName("a changed kernel boots with its modules, and the backup keeps its own")
  default void kernelChanged() {
    host().publish(LabPackage.demo("2"), LabPackage.fakeKernel("2"));
    assertThat(host().upgrade().kernelChanged()).isTrue();
    assertThat(host().boot("bzImage")).isEqualTo("kernel 2");
    assertThat(host().boot("bzImage_bakup")).isEqualTo("kernel 1");
    assertThat(host().top("rootfs_upgrade/lib/modules/2/modules.order")).contains("lab-2.ko");
    assertThat(host().top("rootfs_bakup/lib/modules/1/modules.order")).contains("lab-1.ko");
    // Should set-default reach the disk and the kernel not, the new root runs with the old one.
    assertThat(host().top("rootfs_upgrade/lib/modules/1/modules.order")).contains("lab-1.ko");
  }
}
