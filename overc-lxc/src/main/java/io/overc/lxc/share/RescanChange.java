package io.overc.lxc.share;

import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.OverlayMount;
import io.overc.lxc.layout.SharingArea;
import io.overc.overlay.DirectoryRescan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the sources again and puts a new layout in the place of each old one, in the way in
 * which directories are shared at first.
 */
final class RescanChange {
  private final ChangeContext steps;
  private final ShareChange share;

  RescanChange(ChangeContext steps) {
    this.steps = steps;
    this.share = new ShareChange(steps);
  }

  /**
   * Looks again.
   *
   * @param planned what is shared, with the sources as they are now
   * @param mounts the overlays of the same directories, in the same order
   */
  List<DirectoryRescan> run(
      SharingArea area, List<Planned> planned, List<OverlayMount> mounts, Operation operation) {
    int first = area.next();
    List<Path> old = mounts.stream().map(mount -> area.of(mount).home()).toList();
    List<Layout> staged = new ArrayList<>();
    List<RescanRecorder> recorders = new ArrayList<>();
    for (int i = 0; i < planned.size(); i++) {
      Planned one = planned.get(i);
      OverlayMount mount = mounts.get(i);
      Layout layout = area.staged(first + i);
      operation.step("compare " + one.what().directory());
      steps.run(
          "prepare layout",
          "compare " + one.what().directory(),
          () -> recorders.add(prepare(one, layout, area.of(mount), mount, operation)));
      staged.add(layout);
    }
    share.tryMount(area, planned, staged);
    share.settle(area, planned);
    share.commit(area, planned, first);
    return Cancellation.shielded(() -> finish(area, planned, first, old, recorders, operation));
  }

  /** The config names the new layouts: whoever cancels now gets them whole. */
  private List<DirectoryRescan> finish(
      SharingArea area,
      List<Planned> planned,
      int first,
      List<Path> old,
      List<RescanRecorder> recorders,
      Operation operation) {
    operation.step("remove what the sources provide");
    List<DirectoryRescan> results = new ArrayList<>();
    for (int i = 0; i < planned.size(); i++) {
      SharedFiles removed = share.remove(area.layout(first + i), planned.get(i));
      recorders.get(i).changed(removed.changed(), removed.changedBytes());
      results.add(recorders.get(i).rescan(planned.get(i).what().directory()));
    }
    steps.remove(area, old);
    steps.removeJournal(area);
    return results;
  }

  private static RescanRecorder prepare(
      Planned one, Layout layout, Layout old, OverlayMount mount, Operation operation)
      throws IOException {
    Files.createDirectories(layout.work());
    try (RescanRecorder recorder = new RescanRecorder(one, layout, mount, operation)) {
      recorder.takeOver(old, one.sources());
      ShareChange.compare(one, recorder);
      ShareChange.refuseObstacles(one, recorder);
      layout.describe(one.what());
      return recorder;
    }
  }
}
