package io.overc.btrfs;

import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.powercut.PowerCut;
import io.overc.btrfs.powercut.RecordedDisk;
import io.overc.btrfs.powercut.Replay;
import io.overc.btrfs.powercut.WriteLog;
import io.overc.spi.Mutations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that one verb writes to the disk of a host, and where in it each change ended.
 *
 * @param before the disk before the verb
 * @param log what was written, the shutdown after the verb included
 * @param marks how long the log was after each change, by its name, and when the verb returned
 */
record PowerCutRecording(Path before, Path log, Map<String, Integer> marks) {
  static final String RETURNED = "the verb returned";

  /**
   * Records a verb.
   *
   * @param before the disk; it stays as it is
   * @param mount how its root is mounted
   */
  static PowerCutRecording of(
      Lab lab, DiskLayout layout, Path before, HostVerb verb, String... mount) {
    Path image = lab.newPath("changed");
    lab.run("copy the disk", "cp", "--sparse=always", "--reflink=auto", before, image);
    Map<String, Integer> marks = new LinkedHashMap<>();
    Path log;
    try (RecordedDisk recorded = RecordedDisk.start(lab, image)) {
      log = recorded.log();
      HostDisk disk = HostDisk.of(lab, layout, recorded.file());
      try {
        disk.startUp(mount);
        Mutations marking =
            new Mutations() {
              @Override
              public <E extends Exception> void run(String name, Action<E> action) throws E {
                action.run();
                marks.put(name, recorded.entries());
              }
            };
        verb.run(disk.root(), disk.boot(), marking);
        marks.put(RETURNED, recorded.entries());
      } finally {
        disk.shutDown();
      }
    }
    PowerCutRecording recording = new PowerCutRecording(before, log, marks);
    recording.assertComplete(lab, image);
    return recording;
  }

  /** A log that does not lead from the one disk to the other proves nothing. */
  private void assertComplete(Lab lab, Path after) {
    Path replayed = lab.newPath("replayed");
    try (WriteLog writes = open()) {
      new Replay(lab, writes, before, List.of()).disk(end(writes), replayed);
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

  private static PowerCut end(WriteLog writes) {
    return new PowerCut(writes.entries().size(), PowerCut.Loss.NOTHING, 0);
  }

  WriteLog open() {
    return WriteLog.open(log);
  }

  /** Returns the change that was under way, or done last, when the log had so many entries. */
  String changeAt(int entries) {
    return marks.entrySet().stream()
        .filter(mark -> mark.getValue() >= entries)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("shutdown");
  }
}
