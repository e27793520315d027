package io.overc.lxc.share;

import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.exec.Command;
import io.overc.internal.compare.Comparison;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.MountLines;
import io.overc.lxc.layout.OverlayMount;
import io.overc.lxc.layout.SharingArea;
import io.overc.lxc.layout.SharingJournal;
import io.overc.overlay.DirectoryResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Shares directories: prepares their layouts beside, mounts them, and then removes files. */
record ShareChange(ChangeContext steps) {
  /** Returns the figures, and touches nothing. */
  static List<DirectoryResult> plan(List<Planned> planned, Operation operation) {
    List<DirectoryResult> results = new ArrayList<>();
    for (Planned one : planned) {
      operation.step("compare " + one.what().directory());
      ComparisonStats stats = new ComparisonStats(operation);
      try {
        compare(one, stats);
      } catch (IOException e) {
        throw Disk.failed("compare " + one.what().directory(), e);
      }
      refuseObstacles(one, stats);
      results.add(stats.result(one.what().directory()));
    }
    return results;
  }

  List<DirectoryResult> run(SharingArea area, List<Planned> planned, Operation operation) {
    int first = area.next();
    List<Layout> staged = new ArrayList<>();
    List<ComparisonStats> tallies = new ArrayList<>();
    for (int i = 0; i < planned.size(); i++) {
      Planned one = planned.get(i);
      operation.step("compare " + one.what().directory());
      Layout layout = area.staged(first + i);
      steps.run(
          "prepare layout",
          "compare " + one.what().directory(),
          () -> tallies.add(prepare(one, layout, operation)));
      staged.add(layout);
    }
    tryMount(area, planned, staged);
    settle(area, planned);
    commit(area, planned, first);
    return Cancellation.shielded(() -> finish(area, planned, first, tallies, operation));
  }

  /** The config names the new layouts: whoever cancels now gets them whole. */
  private List<DirectoryResult> finish(
      SharingArea area,
      List<Planned> planned,
      int first,
      List<ComparisonStats> tallies,
      Operation operation) {
    operation.step("remove what the sources provide");
    List<DirectoryResult> results = new ArrayList<>();
    for (int i = 0; i < planned.size(); i++) {
      SharedFiles removed = remove(area.layout(first + i), planned.get(i));
      tallies.get(i).changed(removed.changed(), removed.changedBytes());
      results.add(tallies.get(i).result(planned.get(i).what().directory()));
    }
    steps.removeJournal(area);
    return results;
  }

  private static ComparisonStats prepare(Planned one, Layout layout, Operation operation)
      throws IOException {
    Files.createDirectories(layout.work());
    try (Recorder recorder = new Recorder(one, layout, operation)) {
      compare(one, recorder);
      refuseObstacles(one, recorder);
      layout.describe(one.what());
      return recorder;
    }
  }

  static void compare(Planned one, ComparisonStats stats) throws IOException {
    int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
    new Comparison(one.upper(), one.sources(), threads).run(stats);
  }

  static void refuseObstacles(Planned one, ComparisonStats stats) {
    if (!stats.obstacles().isEmpty()) {
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot share %s: an overlay would not show what is in it: %s"
              .formatted(one.what().directory(), stats.obstacles()),
          Remedy.other("remove or unmount that, or share the directories beside it"));
    }
  }

  /**
   * Mounts it once where nobody sees it, as the kernel knows best what it can do. A directory of
   * its own stands in for the container's, on which a mount would leave attributes.
   */
  void tryMount(SharingArea area, List<Planned> planned, List<Layout> layouts) {
    for (int i = 0; i < planned.size(); i++) {
      Path trial = area.staging().resolve("trial" + i);
      OverlayMount mount = planned.get(i).mount(layouts.get(i));
      OverlayMount standIn =
          new OverlayMount(
              mount.target(), mount.lowers(), trial.resolve("upper"), trial.resolve("work"));
      steps.run("try mount", "mount in " + trial, () -> mount(standIn, trial.resolve("mount")));
    }
  }

  private void mount(OverlayMount mount, Path at) throws IOException {
    for (Path directory : List.of(mount.upper(), mount.work(), at)) {
      Files.createDirectories(directory);
    }
    steps
        .runner()
        .run(
            Command.of("unshare", "--mount", "--propagation", "private", "--")
                .arguments("mount", "-t", "overlay", "-o", mount.options(), "overlay")
                .argument(at)
                .timeout(steps.timeout())
                .build())
        .orThrow("mount the overlay of /" + mount.target());
  }

  /** The sources too: a container must not lose a file that is still on its way to their disk. */
  void settle(SharingArea area, List<Planned> planned) {
    List<Path> written = new ArrayList<>(List.of(area.container()));
    planned.forEach(one -> written.addAll(one.sources()));
    steps.sync(written);
  }

  /** Puts prepared layouts in place and into the config, from where on they count. */
  void commit(SharingArea area, List<Planned> planned, int first) {
    List<Integer> numbers = new ArrayList<>();
    List<OverlayMount> mounts = new ArrayList<>();
    for (int i = 0; i < planned.size(); i++) {
      numbers.add(first + i);
      mounts.add(planned.get(i).mount(area.layout(first + i)));
    }
    SharingJournal journal = new SharingJournal(SharingJournal.Kind.SHARE, numbers);
    steps.run("write journal", "write the journal", () -> journal.write(area));
    for (int number : numbers) {
      steps.run(
          "name layout",
          "put the layout in place",
          () -> Disk.replace(area.staged(number).home(), area.layout(number).home()));
    }
    steps.writeConfig(area, MountLines.with(area.readConfig(), mounts));
  }

  SharedFiles remove(Layout layout, Planned one) {
    SharedFiles files = new SharedFiles();
    steps.run(
        "remove shared files",
        "remove what the sources of " + one.what().directory() + " provide",
        () -> files.remove(layout, one.upper(), one.sources()));
    return files;
  }
}
