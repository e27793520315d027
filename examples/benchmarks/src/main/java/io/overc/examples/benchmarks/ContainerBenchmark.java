package io.overc.examples.benchmarks;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.lxc.LxcContainerDriver;
import io.overc.lxc.LxcKeys;
import io.overc.lxc.LxcSnapshotStore;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lists, looks at, snapshots and restores LXC containers beside the bare tools. */
final class ContainerBenchmark implements Benchmark {
  private static final int CONTAINERS = 200;
  private static final int FILES = 200;
  private static final OperationOptions NONE = OperationOptions.defaults();

  private final CommandRunner runner = CommandRunner.system();

  @Override
  public String name() {
    return "containers";
  }

  @Override
  public String summary() {
    return "list, status, snapshot and restore of LXC containers beside lxc-ls, lxc-info, lxc-copy"
        + " (root)";
  }

  @Override
  public List<Result> run(Operation operation) throws Exception {
    Path directory = Files.createTempDirectory("lxcb").toRealPath();
    try {
      operation.step("make " + CONTAINERS + " containers");
      Path path = Files.createDirectories(directory.resolve("c"));
      Files.createDirectories(directory.resolve("csnaps"));
      make(path);
      Config config = Config.empty().with(LxcKeys.PATH, path.toString());
      List<Result> results = new ArrayList<>();
      operation.step("list and status");
      results.addAll(looking(path, LxcContainerDriver.builder().config(config).build()));
      operation.step("snapshot and restore");
      results.addAll(copying(path, LxcSnapshotStore.of(config)));
      return results;
    } finally {
      tool("rm", "-rf", "--one-file-system", directory.toString());
    }
  }

  private List<Result> looking(Path path, ContainerDriver driver) throws Exception {
    Duel.Medians list =
        new Duel(10, 31)
            .run(
                Duel.timed(() -> check(driver.list().size() == CONTAINERS)),
                Duel.timed(() -> tool("lxc-ls", "-P", path.toString(), "-f")));
    Duel.Medians status =
        new Duel(50, 101)
            .run(
                Duel.timed(() -> check(driver.status("c1").code() == 2)),
                Duel.timed(() -> tool("lxc-info", "-P", path.toString(), "-n", "c1", "-s", "-H")));
    return List.of(
        Result.ratio("list 200 containers", list.ours(), "lxc-ls -f", list.peer(), 0.25),
        Result.ratio("status of a container", status.ours(), "lxc-info", status.peer(), 0.2));
  }

  private List<Result> copying(Path path, SnapshotStore store) throws Exception {
    String lxcpath = path.toString();
    String snaps = lxcpath + "snaps";
    int[] count = {1000};
    Duel.Medians snapshot =
        new Duel(5, 31)
            .run(
                Duel.timed(() -> store.create("over", SnapshotOptions.defaults(), NONE)),
                Duel.timed(
                    () ->
                        tool(
                            "lxc-copy",
                            "-P",
                            lxcpath,
                            "-n",
                            "over",
                            "-N",
                            "peer_" + count[0]++,
                            "-p",
                            snaps,
                            "-s",
                            "-K",
                            "-M",
                            "-l",
                            "ERROR")));
    Duel.Medians restore =
        new Duel(5, 31)
            .run(
                Duel.timed(() -> store.restore(SnapshotId.of("over_0"), "ours" + count[0]++, NONE)),
                Duel.timed(
                    () ->
                        tool(
                            "lxc-copy",
                            "-P",
                            snaps,
                            "-n",
                            "over_0",
                            "-N",
                            "peer" + count[0]++,
                            "-p",
                            lxcpath,
                            "-s",
                            "-K",
                            "-M",
                            "-l",
                            "ERROR")));
    return List.of(
        Result.ratio("snapshot an overlay", snapshot.ours(), "lxc-copy -s", snapshot.peer(), 0.5),
        Result.ratio("restore an overlay", restore.ours(), "lxc-copy -s", restore.peer(), 1.15));
  }

  private void make(Path path) throws IOException {
    for (int i = 1; i < CONTAINERS; i++) {
      container(path.resolve("c" + i));
    }
    container(path.resolve("base"));
    tool("lxc-copy", "-P", path.toString(), "-n", "base", "-N", "over", "-B", "overlayfs", "-s");
    tool("rm", "-rf", path.resolve("c" + (CONTAINERS - 1)).toString());
    Path delta = path.resolve("over/overlay/delta");
    for (int i = 0; i < FILES; i++) {
      Path file = Files.createDirectories(delta.resolve("d" + i % 20)).resolve("f" + i);
      Files.write(file, new byte[4096]);
    }
  }

  private static void container(Path directory) throws IOException {
    Path root = Files.createDirectories(directory.resolve("rootfs"));
    Files.writeString(
        directory.resolve("config"),
        "lxc.net.0.type = empty\nlxc.rootfs.path = dir:%s\nlxc.uts.name = %s\n"
            .formatted(root, directory.getFileName()));
  }

  private void tool(String... arguments) {
    runner.run(Command.of(List.of(arguments)).build()).orThrow("run " + arguments[0]);
  }

  private static void check(boolean so) {
    if (!so) {
      throw new IllegalStateException("the answer is wrong");
    }
  }
}
