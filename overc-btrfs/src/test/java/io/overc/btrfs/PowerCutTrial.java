package io.overc.btrfs;

import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.powercut.PowerCut;
import io.overc.btrfs.powercut.PowerCut.Loss;
import io.overc.btrfs.powercut.PowerCuts;
import io.overc.btrfs.powercut.Replay;
import io.overc.btrfs.powercut.WriteLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Cuts the power of one host again and again, and counts. */
final class PowerCutTrial {
  private static final long SEED = 20261121;

  private final HostScenario scenario;
  private final Lab lab;
  private final DiskLayout layout;
  private final HostDisk disk;
  private final PowerCutCheck check;
  private final List<String> failures = new ArrayList<>();
  private int points;
  private int variants;

  PowerCutTrial(HostScenario scenario, DiskLayout layout) {
    this.scenario = scenario;
    this.lab = scenario.lab();
    this.layout = layout;
    this.disk = HostDisk.of(lab, layout, lab.newPath("cut"));
    this.check = new PowerCutCheck(lab, disk, scenario.systems(), scenario.backupExpected());
  }

  /** Records the verb of the scenario. */
  PowerCutRecording record(String leaveOut) {
    return PowerCutRecording.of(
        lab,
        layout,
        scenario.saved(),
        scenario.verb(),
        leaveOut,
        "-o",
        "subvol=" + scenario.runningRoot());
  }

  /** Records the recovery from a power cut, after the repair of /boot that the boot makes. */
  PowerCutRecording recordRecovery(PowerCutRecording cut, int entries) {
    try (WriteLog log = cut.open()) {
      new Replay(lab, log, cut.before(), layout.superblocks())
          .disk(new PowerCut(entries, Loss.NOTHING, 0), disk.image());
    }
    check.repair();
    Path broken = lab.newPath("broken");
    lab.run("keep the disk", "cp", "--sparse=always", "--reflink=auto", disk.image(), broken);
    return PowerCutRecording.of(lab, layout, broken, HostVerb.RECOVER, "");
  }

  /**
   * Cuts the power at each flush of a recording and so many times between each two.
   *
   * @param perEpoch how many times between two flushes
   */
  void cut(PowerCutRecording recording, int perEpoch) throws IOException {
    try (WriteLog log = recording.open()) {
      Replay replay = new Replay(lab, log, recording.before(), layout.superblocks());
      List<PowerCut> cuts = new ArrayList<>(PowerCuts.atFlushes(log));
      cuts.addAll(PowerCuts.between(log, perEpoch, SEED));
      cuts.removeIf(cut -> cut.entries() <= recording.begin());
      cuts.sort(Comparator.comparingInt(PowerCut::entries));
      for (PowerCut cut : cuts) {
        replay.disk(cut, disk.image());
        judge(cut, recording);
      }
    }
  }

  private void judge(PowerCut cut, PowerCutRecording recording) throws IOException {
    try {
      check.run((points + variants) % 3 == 2);
    } catch (AssertionError | RuntimeException e) {
      failures.add(
          "%s, during '%s': %s".formatted(cut, recording.changeAt(cut.entries()), e.getMessage()));
    }
    if (cut.loss() == Loss.NOTHING) {
      points++;
    } else {
      variants++;
    }
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  int points() {
    return points;
  }

  int variants() {
    return variants;
  }
}
