package io.overc.btrfs;

import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.powercut.PowerCut;
import io.overc.btrfs.powercut.RecordedDisk;
import io.overc.btrfs.powercut.Replay;
import io.overc.btrfs.powercut.WriteLog;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that one verb writes to the disk of a host, and where in it each change ended.
 *
 * @param before the disk before the verb, mounts included
 * @param log what was written, the shutdown after the verb included
 * @param marks how long the log was when the verb began, after each change, and when it returned
 */
record PowerCutRecording(Path before, Path log, List<Mark> marks) {

  /**
   * A moment of a verb.
   *
   * @param change the name of the change that was just made
   * @param entries how long the log was then
   */
  record Mark(String change, int entries) {}

  /**
   * Records a verb.
   *
   * @param before the disk; it stays as it is
   * @param leaveOut the name of a change that is not made, to see what it is good for; or empty
   * @param mount how its root is mounted
   */
  static PowerCutRecording of(
      Lab lab, DiskLayout layout, Path before, HostVerb verb, String leaveOut, String... mount) {
    Path image = lab.newPath("changed");
    lab.run("copy the disk", "cp", "--sparse=always", "--reflink=auto", before, image);
    List<Mark> marks = new ArrayList<>();
    Path log;
    try (RecordedDisk recorded = RecordedDisk.start(lab, image)) {
      log = recorded.log();
      HostDisk disk = HostDisk.of(lab, layout, recorded.file());
      try {
        disk.startUp(mount);
        marks.add(new Mark("begin", recorded.entries()));
        verb.run(disk.root(), disk.boot(), marking(recorded, marks, leaveOut));
        marks.add(new Mark("return", recorded.entries()));
      } finally {
        disk.shutDown();
      }
    }
    PowerCutRecording recording = new PowerCutRecording(before, log, List.copyOf(marks));
    recording.assertComplete(lab, image);
    return recording;
  }

  private static SideEffects marking(RecordedDisk recorded, List<Mark> marks, String leaveOut) {
    return new SideEffects() {
      @Override
      public <E extends Exception> void run(String name, Action<E> action) throws E {
        if (!name.equals(leaveOut)) {
          action.run();
          marks.add(new Mark(name, recorded.entries()));
        }
      }
    };
  }

  /** A log that does not lead from the one disk to the other proves nothing. */
  private void assertComplete(Lab lab, Path after) {
    Path replayed = lab.newPath("replayed");
    try (WriteLog writes = open()) {
      PowerCut end = new PowerCut(writes.entries().size(), PowerCut.Loss.NOTHING, 0);
      new Replay(lab, writes, before, List.of()).disk(end, replayed);
      long difference = Files.mismatch(replayed, after);
      if (difference >= 0) {
        throw new IllegalStateException("the replayed disk differs at byte " + difference);
      }
      Files.delete(replayed);
      Files.delete(after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WriteLog open() {
    return WriteLog.open(log);
  }

  /** Returns how long the log was when the verb began: what came before is not its doing. */
  int begin() {
    return marks.get(0).entries();
  }

  /** Returns how long the log was after a change. */
  int after(String change) {
    return marks.stream()
        .filter(mark -> mark.change().equals(change))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no change '" + change + "': " + marks))
        .entries();
  }

  /** Returns how long the log was when the new default subvolume was durable. */
  int commit() {
    int chosen = after("set-default");
    return marks.stream()
        .filter(mark -> mark.change().equals("sync") && mark.entries() > chosen)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing was committed: " + marks))
        .entries();
  }

  /** Returns the change that was under way when the log was so long. */
  String changeAt(int entries) {
    return marks.stream()
        .filter(mark -> mark.entries() >= entries)
        .map(Mark::change)
        .findFirst()
        .orElse("shutdown");
  }
}
