package io.overc.btrfs.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.LoopBtrfs;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.FaultInjector.Fault;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every side effect of every operation × {before, after} × SIGKILL of the JVM; errors and
 * interrupts are in the kit.
 */
class BtrfsFaultsIT {
  enum Act {
    CREATE,
    RESTORE_IN_PLACE,
    RESTORE_AS,
    DELETE
  }

  private static SnapshotStore store(Path base, SideEffects effects) {
    return BtrfsSnapshotStore.builder(base, base.resolve(".snapshots")).effects(effects).build();
  }

  private static void perform(Act act, SnapshotStore store) {
    SnapshotId id = store.list("web").get(0).id();
    switch (act) {
      case CREATE ->
          store.create(
              "web", SnapshotOptions.builder().comment("v2").build(), OperationOptions.defaults());
      case RESTORE_IN_PLACE -> store.restore(id, "web", OperationOptions.defaults());
      case RESTORE_AS -> store.restore(id, "copy", OperationOptions.defaults());
      case DELETE -> store.delete(id, OperationOptions.defaults());
    }
  }

  private static Path prepare(LoopBtrfs disk, String name) throws IOException {
    Path base = Files.createDirectory(disk.mount().resolve(name));
    disk.run("btrfs", "subvolume", "create", base.resolve("web").toString());
    Files.writeString(base.resolve("web/says"), "v1");
    store(base, SideEffects.direct())
        .create(
            "web", SnapshotOptions.builder().comment("v1").build(), OperationOptions.defaults());
    Files.writeString(base.resolve("web/says"), "v2");
    return base;
  }

  @Test
  @DisplayName("whatever dies where, snapshots are whole, the subject is there, nothing is left")
  void everyFaultIsBorne(@TempDir Path directory) throws IOException {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "losetup", "mount", "umount");
    int cases = 0;
    try (LoopBtrfs disk = new LoopBtrfs(directory)) {
      for (Act act : Act.values()) {
        FaultInjector recording = FaultInjector.recording();
        perform(act, store(prepare(disk, "record-" + act), recording));
        List<String> points = recording.points();
        for (int at = 0; at < points.size(); at++) {
          Path base = prepare(disk, act + "-" + at);
          kill(act, at, base);
          check(base, act + " killed " + points.get(at));
          cases++;
        }
      }
    }
    System.out.println("Faults of the btrfs store: " + cases + " kills");
    assertThat(cases).isGreaterThanOrEqualTo(36);
  }

  private static void kill(Act act, int at, Path base) {
    CommandResult killed =
        CommandRunner.system()
            .run(
                ChildJvm.of(KilledMain.class, act.name(), String.valueOf(at), base.toString())
                    .build());
    assertThat(killed.exitCode()).as(killed.stderr()).isEqualTo(ChildJvm.KILLED);
  }

  private static void check(Path base, String when) throws IOException {
    SnapshotStore store = store(base, SideEffects.direct());
    assertThat(base.resolve("web/says")).as(when).content().isIn("v1", "v2");
    for (Snapshot snapshot : store.list("web")) {
      store.restore(
          snapshot.id(),
          "check" + snapshot.created().orElseThrow().toEpochMilli(),
          OperationOptions.defaults());
      Path restored =
          base.resolve("check" + snapshot.created().orElseThrow().toEpochMilli() + "/says");
      assertThat(snapshot.comment()).as(when).contains(Files.readString(restored));
    }
    store.create("web", SnapshotOptions.defaults(), OperationOptions.defaults());
    for (Path place : List.of(base, base.resolve(".snapshots"))) {
      try (Stream<Path> left = Files.list(place)) {
        assertThat(left.map(path -> path.getFileName().toString()))
            .as(when)
            .noneMatch(name -> name.startsWith(".overc-") || name.startsWith(".receive-"));
      }
    }
  }

  static final class KilledMain {
    private KilledMain() {}

    public static void main(String[] args) {
      FaultInjector killer = FaultInjector.at(Fault.KILL, Integer.parseInt(args[1]));
      perform(Act.valueOf(args[0]), store(Path.of(args[2]), killer));
    }
  }
}
