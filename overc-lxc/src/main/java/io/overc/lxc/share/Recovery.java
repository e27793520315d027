package io.overc.lxc.share;

import io.overc.lxc.disk.Disk;
import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.OverlayMount;
import io.overc.lxc.layout.SharingArea;
import io.overc.lxc.layout.SharingJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finishes or drops what a process that died has left; can be interrupted and called again. */
public record Recovery(ChangeContext steps) {
  public void run(Path container) {
    SharingArea area = new SharingArea(container);
    if (!Disk.exists(area.home())) {
      return;
    }
    Optional<SharingJournal> journal = SharingJournal.read(area.journal());
    if (journal.isPresent()) {
      List<OverlayMount> mounts =
          area.mounts().stream()
              .filter(mount -> journal.get().layouts().contains(number(mount)))
              .toList();
      switch (journal.get().kind()) {
        case SHARE -> finishSharing(area, mounts);
        case STOP -> stop(area, mounts);
      }
    }
    steps.remove(area, leftOver(area));
    if (journal.isPresent()) {
      steps.removeJournal(area);
    }
  }

  private void finishSharing(SharingArea area, List<OverlayMount> mounts) {
    for (OverlayMount mount : mounts) {
      List<Path> sources = mount.lowers().subList(1, mount.lowers().size());
      new SharedFiles(mount.upper(), sources).remove(steps, area.of(mount), "/" + mount.target());
    }
  }

  private void stop(SharingArea area, List<OverlayMount> mounts) {
    StopChange change = new StopChange(steps);
    for (OverlayMount mount : mounts) {
      if (mount.lowers().equals(List.of(area.of(mount).empty()))) {
        change.finish(area, List.of(mount));
      } else {
        change.undo(area, List.of(mount));
      }
    }
  }

  /** Lists what no config names: layouts that were being made, or that are done with. */
  private static List<Path> leftOver(SharingArea area) {
    List<Integer> named = area.mounts().stream().map(Recovery::number).toList();
    List<Path> left = new ArrayList<>(List.of(area.staging()));
    for (Path layout : area.layouts()) {
      if (!named.contains(Integer.valueOf(String.valueOf(layout.getFileName())))) {
        left.add(layout);
      }
    }
    return left;
  }

  private static int number(OverlayMount mount) {
    return Layout.numberOf(mount.work()).orElseThrow();
  }
}
