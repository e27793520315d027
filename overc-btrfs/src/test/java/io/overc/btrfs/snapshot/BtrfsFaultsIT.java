package io.overc.btrfs.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.LoopBtrfs;
import io.overc.error.OvercException;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotOptions;
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

/** Every mutating step of every verb × {before, after} × {SIGKILL of the JVM, error}. */
class BtrfsFaultsIT {
  enum Verb {
    CREATE,
    RESTORE_IN_PLACE,
    RESTORE_AS,
    DELETE
  }

  private static BtrfsSnapshotStore store(Path base, SideEffects effects) {
    return new BtrfsSnapshotStore(
        base, base.resolve(".snapshots"), CommandRunner.system(), effects);
  }

  private static void perform(Verb verb, BtrfsSnapshotStore store) {
    String id = store.list("web").get(0).id();
    switch (verb) {
      case CREATE ->
          store.create(
              "web", SnapshotOptions.defaults().withComment("v2"), OperationOptions.defaults());
      case RESTORE_IN_PLACE -> store.restore(id, "web", OperationOptions.defaults());
      case RESTORE_AS -> store.restore(id, "copy", OperationOptions.defaults());
      case DELETE -> store.delete(id);
    }
  }

  private static Path prepare(LoopBtrfs disk, String name) throws IOException {
    Path base = Files.createDirectory(disk.mount().resolve(name));
    disk.run("btrfs", "subvolume", "create", base.resolve("web").toString());
    Files.writeString(base.resolve("web/says"), "v1");
    store(base, SideEffects.direct())
        .create("web", SnapshotOptions.defaults().withComment("v1"), OperationOptions.defaults());
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
      for (Verb verb : Verb.values()) {
        FaultInjector recording = FaultInjector.recording();
        perform(verb, store(prepare(disk, "record-" + verb), recording));
        List<String> points = recording.points();
        for (int at = 0; at < points.size(); at++) {
          for (Fault fault : List.of(Fault.KILL, Fault.ERROR)) {
            Path base = prepare(disk, verb + "-" + at + "-" + fault);
            strike(verb, fault, at, base);
            check(base, verb + " " + fault + " " + points.get(at));
            cases++;
          }
        }
      }
    }
    System.out.println("Faults of the btrfs store: " + cases + " cases, half of them kills");
    assertThat(cases).isGreaterThanOrEqualTo(36);
  }

  private static void strike(Verb verb, Fault fault, int at, Path base) {
    if (fault == Fault.KILL) {
      CommandResult killed =
          CommandRunner.system()
              .run(
                  ChildJvm.of(KilledMain.class, verb.name(), String.valueOf(at), base.toString())
                      .build());
      assertThat(killed.exitCode()).as(killed.stderr()).isEqualTo(ChildJvm.KILLED);
      return;
    }
    try {
      perform(verb, store(base, FaultInjector.at(fault, at)));
    } catch (OvercException e) {
      assertThat(e).hasMessageStartingWith("Injected fault");
    }
  }

  private static void check(Path base, String when) throws IOException {
    BtrfsSnapshotStore store = store(base, SideEffects.direct());
    assertThat(base.resolve("web/says")).as(when).content().isIn("v1", "v2");
    for (Snapshot snapshot : store.list("web")) {
      store.restore(
          snapshot.id(), "check" + snapshot.created().toEpochMilli(), OperationOptions.defaults());
      Path restored = base.resolve("check" + snapshot.created().toEpochMilli() + "/says");
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
      perform(Verb.valueOf(args[0]), store(Path.of(args[2]), killer));
    }
  }
}
