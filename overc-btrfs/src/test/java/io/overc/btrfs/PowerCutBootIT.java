package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.DebianKernels;
import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.DiskLayout.BootFileSystem;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.QemuBoot;
import io.overc.btrfs.lab.QemuBoot.Entry;
import io.overc.btrfs.powercut.PowerCut;
import io.overc.btrfs.powercut.PowerCut.Loss;
import io.overc.btrfs.powercut.Replay;
import io.overc.btrfs.powercut.WriteLog;
import io.overc.testkit.Real;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Boots, through GRUB and with real kernels, what power cuts around the commit point of an upgrade
 * leave behind; by both boot entries, before anything has been repaired.
 */
class PowerCutBootIT {
  private static final boolean FULL = Real.everyCase();
  private static final int POINTS = FULL ? 20 : 4;
  private static final int VARIANTS = FULL ? 10 : 3;

  private static int boots;

  @BeforeAll
  static void need() {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "sfdisk", "losetup", "busybox", "qemu-storage-daemon");
    Real.tools("qemu-system-x86_64", "grub-mkimage", "depmod", "cpio", "apt-get");
  }

  @AfterAll
  static void count() {
    System.out.printf("Power cuts: %d boots of what they left%n", boots);
  }

  @ParameterizedTest
  @EnumSource(BootFileSystem.class)
  @DisplayName("whenever the power goes, both boot entries boot a root with its kernel")
  void boots(BootFileSystem boot) {
    DiskLayout layout = DiskLayout.of(96, 256).withBootFileSystem(boot);
    Map<Integer, LabPackage> kernels = kernels();
    try (HostScenario scenario =
        new HostScenario(
            HostVerb.UPGRADE,
            Path.of(""),
            layout,
            version -> kernel(kernels, version),
            "grub",
            "publish 2",
            "UPGRADE",
            "reboot",
            "publish 3")) {
      Lab lab = scenario.lab();
      PowerCutRecording recording = new PowerCutTrial(scenario, layout).record("");
      try (WriteLog log = recording.open()) {
        Replay replay = new Replay(lab, log, recording.before(), layout.superblocks());
        for (PowerCut cut : cuts(recording, log)) {
          Path normal = lab.newPath("normal");
          replay.disk(cut, normal);
          Path backup = lab.newPath("backup");
          lab.run("copy the disk", "cp", "--sparse=always", "--reflink=auto", normal, backup);
          String during = cut + ", during '" + recording.changeAt(cut.entries()) + "'";
          CompletableFuture<QemuBoot.Result> other =
              CompletableFuture.supplyAsync(
                  () -> QemuBoot.bootUnrepaired(lab, backup, Entry.BACKUP));
          assertCameUp(during, QemuBoot.bootUnrepaired(lab, normal, Entry.NORMAL), "2", "3");
          QemuBoot.Result second = other.join();
          assertCameUp(during, second, "1", "2");
          assertThat(second.subvolume()).as(during).isEqualTo("/rootfs_bakup");
          boots += 2;
          lab.run("delete the disks", "rm", normal, backup);
        }
      }
    }
  }

  private static void assertCameUp(String during, QemuBoot.Result result, String... versions) {
    assertThat(result.version()).as(during).isIn((Object[]) versions);
    assertThat(result.program()).as(during).isEqualTo("lab-program " + result.version());
    assertThat(result.modules())
        .as("%s: the root has the modules of the kernel that runs", during)
        .contains(result.kernel());
  }

  /** The flushes nearest to the commit point, and as many losses just before them. */
  private static List<PowerCut> cuts(PowerCutRecording recording, WriteLog log) {
    int commit = recording.commit();
    List<Integer> nearest =
        log.flushes().stream()
            .filter(flush -> flush > recording.begin())
            .sorted(Comparator.comparingInt(flush -> Math.abs(flush + 1 - commit)))
            .toList();
    List<PowerCut> cuts = new ArrayList<>();
    for (int flush : nearest.subList(0, Math.min(POINTS, nearest.size()))) {
      cuts.add(new PowerCut(flush + 1, Loss.NOTHING, 0));
    }
    nearest.stream()
        .filter(flush -> !log.entries().get(flush - 1).flush())
        .limit(VARIANTS)
        .forEach(flush -> cuts.add(new PowerCut(flush, Loss.HALF, flush)));
    cuts.sort(Comparator.comparingInt(PowerCut::entries));
    return cuts;
  }

  private static Map<Integer, LabPackage> kernels() {
    try (Lab lab = Lab.open()) {
      DebianKernels kernels = DebianKernels.get(lab);
      Map<Integer, LabPackage> packages = new HashMap<>();
      packages.put(1, kernels.kernelPackage(1));
      packages.put(2, kernels.kernelPackage(2));
      return packages;
    }
  }

  /** There are two real kernels: each version has the one that the version before has not. */
  private static LabPackage kernel(Map<Integer, LabPackage> kernels, String version) {
    LabPackage real =
        java.util.Objects.requireNonNull(kernels.get(Integer.parseInt(version) % 2 == 0 ? 2 : 1));
    return new LabPackage(real.name(), version, real.files(), "", "");
  }
}
