package io.overc.lxc.share;

import io.overc.event.Operation;
import io.overc.exec.Command;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.MountLines;
import io.overc.lxc.layout.OverlayMount;
import io.overc.lxc.layout.SharingArea;
import io.overc.lxc.layout.SharingJournal;
import io.overc.overlay.DirectoryRescan;
import io.overc.overlay.DirectoryResult;
import io.overc.spi.SideEffects;
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
        stats.compare(one);
      } catch (IOException e) {
        throw Disk.failed("compare " + one.what().directory(), e);
      }
      results.add(stats.result(one.what().directory()));
    }
    return results;
  }

  List<DirectoryResult> share(SharingArea area, List<Planned> planned, Operation operation) {
    int first = area.next();
    List<Recorder> recorders = new ArrayList<>();
    for (Planned one : planned) {
      Layout layout = area.staged(first + recorders.size());
      recorders.add(prepare(one, () -> new Recorder(one, layout, operation), operation));
    }
    run(area, planned, first, recorders, List.of(), operation);
    return recorders.stream().map(Recorder::result).toList();
  }

  /** Puts a new layout in the place of each old one; planned and mounts are in the same order. */
  List<DirectoryRescan> rescan(
      SharingArea area, List<Planned> planned, List<OverlayMount> mounts, Operation operation) {
    int first = area.next();
    List<RescanRecorder> recorders = new ArrayList<>();
    List<Path> old = new ArrayList<>();
    for (Planned one : planned) {
      Layout layout = area.staged(first + recorders.size());
      OverlayMount mount = mounts.get(recorders.size());
      Layout before = area.of(mount);
      recorders.add(
          prepare(one, () -> new RescanRecorder(one, layout, before, mount, operation), operation));
      old.add(before.home());
    }
    run(area, planned, first, recorders, old, operation);
    return recorders.stream().map(RescanRecorder::rescan).toList();
  }

  private <R extends Recorder> R prepare(
      Planned one, SideEffects.Maker<R, IOException> opening, Operation operation) {
    String attempt = "compare " + one.what().directory();
    operation.step(attempt);
    return steps.make(
        "prepare layout",
        attempt,
        () -> {
          try (R recorder = opening.make()) {
            recorder.record();
            return recorder;
          }
        });
  }

  private void run(
      SharingArea area,
      List<Planned> planned,
      int first,
      List<? extends Recorder> recorders,
      List<Path> old,
      Operation operation) {
    tryMount(area, planned, first);
    // The sources too: a container must not lose a file that is still on its way to their disk.
    List<Path> written = new ArrayList<>(List.of(area.container()));
    planned.forEach(one -> written.addAll(one.sources()));
    steps.sync(written);
    commit(area, planned, first);
    // The config names the new layouts: whoever cancels now gets them whole.
    Cancellation.shielded(
        () -> {
          operation.step("remove what the sources provide");
          for (int i = 0; i < planned.size(); i++) {
            Planned one = planned.get(i);
            SharedFiles files = new SharedFiles(one.upper(), one.sources());
            files.remove(steps, area.layout(first + i), one.what().directory());
            recorders.get(i).changed(files.changed(), files.changedBytes());
          }
          steps.remove(area, old);
          steps.removeJournal(area);
        });
  }

  /**
   * Mounts it once where nobody sees it, as the kernel knows best what it can do. A directory of
   * its own stands in for the container's, on which a mount would leave attributes.
   */
  private void tryMount(SharingArea area, List<Planned> planned, int first) {
    for (int i = 0; i < planned.size(); i++) {
      Path trial = area.staging().resolve("trial" + i);
      OverlayMount mount = planned.get(i).mount(area.staged(first + i));
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
        .tools()
        .run(
            "mount the overlay of /" + mount.target(),
            Command.of("unshare", "--mount", "--propagation", "private", "--")
                .arguments("mount", "-t", "overlay", "-o", mount.options(), "overlay")
                .argument(at));
  }

  /** Puts prepared layouts in place and into the config, from where on they count. */
  private void commit(SharingArea area, List<Planned> planned, int first) {
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
}
