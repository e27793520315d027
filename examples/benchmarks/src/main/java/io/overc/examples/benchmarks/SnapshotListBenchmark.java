package io.overc.examples.benchmarks;

import io.overc.btrfs.lab.BusyboxRoot;
import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.snapshot.BtrfsSnapshotStore;
import io.overc.event.Event;
import io.overc.event.Operation;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.TimestampId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;

/** Lists 1,000 snapshots, a tenth of them with a comment, beside {@code btrfs subvolume list}. */
final class SnapshotListBenchmark implements Benchmark {
  private static final int SNAPSHOTS = 1000;

  @Override
  public String name() {
    return "snapshot-list";
  }

  @Override
  public String summary() {
    return "list 1,000 snapshots: BtrfsSnapshotStore beside 'btrfs subvolume list' (root)";
  }

  @Override
  public List<Result> run(Operation operation) throws Exception {
    operation.step("make " + SNAPSHOTS + " snapshots");
    try (Lab lab = Lab.open();
        HostDisk disk = HostDisk.create(lab, DiskLayout.of(16, 768), new BusyboxRoot("1"))) {
      Path subjects = Files.createDirectory(disk.root().resolve("data"));
      Path snapshots = Files.createDirectory(disk.root().resolve("snapshots"));
      lab.run("make a subvolume", "btrfs", "subvolume", "create", subjects.resolve("web"));
      StringBuilder comments = new StringBuilder();
      for (int i = 0; i < SNAPSHOTS; i++) {
        TimestampId id = new TimestampId("web", Instant.EPOCH.plusMillis(i));
        lab.run(
            "make " + id,
            "btrfs",
            "subvolume",
            "snapshot",
            "-r",
            subjects.resolve("web"),
            snapshots.resolve(id.toString()));
        if (i % 10 == 0) {
          comments.append(id).append(' ').append(encoded("number " + i)).append('\n');
        }
        operation.progress(Event.Unit.ITEMS, i + 1L, OptionalLong.of(SNAPSHOTS));
      }
      Files.writeString(snapshots.resolve(".comments-web"), comments);
      SnapshotStore store = BtrfsSnapshotStore.builder(subjects, snapshots).build();
      long commented = store.list("web").stream().filter(one -> one.comment().isPresent()).count();
      expect((int) commented, SNAPSHOTS / 10);
      operation.step("list them both ways, turn by turn");
      Duel.Medians medians =
          new Duel(20, 101)
              .run(
                  Duel.timed(() -> expect(store.list("web").size(), SNAPSHOTS)),
                  Duel.timed(() -> expect(bare(disk.root()), SNAPSHOTS)));
      return List.of(
          Result.ratio(
              "list 1,000 snapshots",
              medians.ours(),
              "btrfs subvolume list",
              medians.peer(),
              0.35));
    }
  }

  private static String encoded(String comment) {
    return Base64.getEncoder().encodeToString(comment.getBytes(StandardCharsets.UTF_8));
  }

  private static int bare(Path root) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("btrfs", "subvolume", "list", root.toString()).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return (int) printed.lines().filter(line -> line.contains("/web@")).count();
  }

  private static void expect(int found, int wanted) {
    if (found != wanted) {
      throw new IllegalStateException("found " + found + " snapshots, not " + wanted);
    }
  }
}
