package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.DiskLayout.BootFileSystem;
import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.powercut.PowerCut;
import io.overc.btrfs.powercut.PowerCuts;
import io.overc.btrfs.powercut.Replay;
import io.overc.btrfs.powercut.WriteLog;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Cuts the power at every flush of the disk, and in between, while a host changes. */
class PowerCutIT {
  private static final long SEED = 20261121;
  private static Path archive = Path.of("");

  @BeforeAll
  static void prepare(@TempDir Path directory) {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "sfdisk", "losetup", "busybox", "qemu-storage-daemon");
    archive = directory.resolve("classes.jsa");
    HostVerb.archiveClasses(archive);
  }

  static Stream<Arguments> scenarios() {
    List<List<String>> stories =
        List.of(
            List.of("UPGRADE", "publish 2", "UPGRADE", "reboot", "publish 3"),
            List.of("ROLLBACK", "publish 2", "UPGRADE", "reboot"),
            List.of("CANCEL", "publish 2", "UPGRADE", "reboot", "publish 3", "UPGRADE"));
    return Stream.of(BootFileSystem.values())
        .flatMap(boot -> stories.stream().map(story -> Arguments.of(boot, story)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("scenarios")
  @DisplayName("whenever the power goes, the host boots and recovers")
  void survives(BootFileSystem boot, List<String> story) throws IOException {
    HostVerb verb = HostVerb.valueOf(story.get(0));
    String[] history = story.subList(1, story.size()).toArray(String[]::new);
    DiskLayout layout = DiskLayout.small().withBootFileSystem(boot);
    try (HostScenario scenario =
        new HostScenario(verb, archive, layout, LabPackage::bulkyKernel, history)) {
      PowerCutRecording recording =
          PowerCutRecording.of(
              scenario.lab(),
              layout,
              scenario.saved(),
              verb,
              "-o",
              "subvol=" + scenario.runningRoot());
      System.out.println(recording.marks());
      try (WriteLog log = recording.open()) {
        List<PowerCut> cuts = new ArrayList<>(PowerCuts.atFlushes(log));
        int flushes = cuts.size();
        cuts.addAll(PowerCuts.between(log, 2, SEED));
        cuts.sort(Comparator.comparingInt(PowerCut::entries));
        System.out.printf(
            "%s %s: %d writes, %d flushes, %d cuts%n",
            boot, story, log.entries().size(), flushes, cuts.size());
        Replay replay = new Replay(scenario.lab(), log, recording.before(), layout.superblocks());
        HostDisk disk = HostDisk.of(scenario.lab(), layout, scenario.lab().newPath("cut"));
        PowerCutCheck check =
            new PowerCutCheck(scenario.lab(), disk, scenario.systems(), scenario.backupExpected());
        List<String> failures = new ArrayList<>();
        int number = 0;
        for (PowerCut cut : cuts) {
          replay.disk(cut, disk.image());
          try {
            check.run(number++ % 3 == 2);
          } catch (AssertionError | RuntimeException e) {
            failures.add(
                cut + " during '" + recording.changeAt(cut.entries()) + "': " + e.getMessage());
          }
        }
        System.out.printf("%d failures%n", failures.size());
        failures.forEach(System.out::println);
        assertThat(failures).isEmpty();
      }
    }
  }
}
