package io.overc.lxc.share;

import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.layout.DirectoryTimes;
import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.Lines;
import io.overc.lxc.layout.MountLines;
import io.overc.lxc.layout.OverlayMount;
import io.overc.lxc.layout.SharingArea;
import io.overc.lxc.layout.SharingJournal;
import io.overc.lxc.layout.UpperLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Gives a container its own files again, and then takes the overlay away. Until the config has lost
 * the sources everything is undone; from then on it is finished.
 */
record StopChange(ChangeContext steps) {
  /** Returns what is to be copied, and touches nothing. */
  static CopyList plan(SharingArea area, List<OverlayMount> mounts) {
    CopyList list = new CopyList();
    list(area, mounts, false, list);
    return list;
  }

  CopyList run(SharingArea area, List<OverlayMount> mounts, Operation operation) {
    List<Integer> numbers =
        mounts.stream().map(m -> Layout.numberOf(m.work()).orElseThrow()).toList();
    operation.step("look for what the sources provide");
    refuse(area, mounts);
    SharingJournal journal = new SharingJournal(SharingJournal.Kind.STOP, numbers);
    steps.run("write journal", "write the journal", () -> journal.write(area));
    CopyList list = new CopyList();
    steps.effects().run("list copies", () -> list(area, mounts, true, list));
    try {
      copy(area, mounts, list, operation);
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      throw undone(area, mounts, list, e);
    }
    operation.step("switch to the copies");
    List<OverlayMount> empty =
        mounts.stream().map(m -> m.withLowers(List.of(area.of(m).empty()))).toList();
    steps.run("make empty layer", "create a directory", () -> createEmpty(area, mounts));
    steps.writeConfig(area, MountLines.with(area.readConfig(), empty));
    // The config has lost the sources: whoever cancels now gets the copies whole.
    Cancellation.shielded(
        () -> {
          finish(area, empty);
          steps.remove(area, mounts.stream().map(mount -> area.of(mount).home()).toList());
          steps.removeJournal(area);
        });
    return list;
  }

  private static void refuse(SharingArea area, List<OverlayMount> mounts) {
    CopyList list = plan(area, mounts);
    if (!list.changes().isEmpty()) {
      throw new RefusedException(
          Guard.OTHER,
          "Cannot stop sharing: the sources do not have any more what was shared: %s"
              .formatted(list.changes()),
          Remedy.other("see it all, and accept it, with a rescan"));
    }
    long free = free(area);
    if (list.bytes() > free) {
      throw new RefusedException(
          Guard.OTHER,
          "Cannot stop sharing: the copies need %d bytes, but only %d are free in %s"
              .formatted(list.bytes(), free, area.container()),
          Remedy.other("make room first"));
    }
  }

  private void copy(
      SharingArea area, List<OverlayMount> mounts, CopyList list, Operation operation) {
    operation.step("copy %d files back".formatted(list.files()));
    for (OverlayMount mount : mounts) {
      CopyBack back = new CopyBack(steps, area.of(mount), mount);
      steps.run("copy files", "copy files", back::copy);
      try {
        back.verify();
      } catch (IOException e) {
        throw Disk.failed("compare the copies", e);
      }
    }
    steps.sync(List.of(area.container()));
    for (OverlayMount mount : mounts) {
      CopyBack back = new CopyBack(steps, area.of(mount), mount);
      steps.run("move copies in", "move the copies in", back::moveIn);
    }
    steps.sync(List.of(area.container()));
  }

  private OvercException undone(
      SharingArea area, List<OverlayMount> mounts, CopyList list, OvercException cause) {
    try {
      undo(area, mounts);
      steps.removeJournal(area);
    } catch (OvercException e) {
      cause.addSuppressed(e);
    }
    return new OvercException(
        "Could not stop sharing, and everything is as it was: the copies need %d bytes, %d are free in %s now: %s"
            .formatted(list.bytes(), free(area), area.container(), cause.getMessage()),
        cause);
  }

  /** Goes back to the layout in which the sources provide what was not copied yet. */
  void undo(SharingArea area, List<OverlayMount> mounts) {
    for (OverlayMount mount : mounts) {
      Layout layout = area.of(mount);
      steps.run(
          "move copies out",
          "remove the copies",
          () -> {
            new CopyBack(steps, layout, mount).moveOut();
            Disk.deleteDurably(layout.copies());
          });
      steps.remove(area, List.of(layout.back()));
    }
  }

  /** Removes what only the overlay needs, then the overlay. */
  void finish(SharingArea area, List<OverlayMount> mounts) {
    for (OverlayMount mount : mounts) {
      steps.run(
          "clean upper layer",
          "remove what an overlay left in /" + mount.target(),
          () -> {
            new UpperLayer(mount.upper()).clean();
            DirectoryTimes.restore(mount.upper(), area.of(mount).times());
          });
    }
    steps.sync(List.of(area.container()));
    List<Path> uppers = mounts.stream().map(OverlayMount::upper).toList();
    steps.writeConfig(area, MountLines.without(area.readConfig(), uppers));
  }

  private static void createEmpty(SharingArea area, List<OverlayMount> mounts) throws IOException {
    for (OverlayMount mount : mounts) {
      Files.createDirectories(area.of(mount).empty());
    }
  }

  private static void list(
      SharingArea area, List<OverlayMount> mounts, boolean write, CopyList list) {
    for (OverlayMount mount : mounts) {
      Layout layout = area.of(mount);
      try {
        if (write) {
          write(list, layout, mount);
        } else {
          list.add(layout, mount, entry -> {});
        }
      } catch (IOException e) {
        throw Disk.failed("look for what the sources of /" + mount.target() + " provide", e);
      }
    }
  }

  /** Whoever finds these lists after an interruption may rely on their being whole. */
  private static void write(CopyList list, Layout layout, OverlayMount mount) throws IOException {
    Path times = layout.home().resolve("times.new");
    new UpperLayer(mount.upper()).recordTimes(times);
    Disk.replace(times, layout.times());
    Path copies = layout.home().resolve("copies.new");
    try (Lines lines = new Lines(copies)) {
      list.add(layout, mount, entry -> lines.add(entry.line()));
    }
    Disk.replace(copies, layout.copies());
  }

  static long free(SharingArea area) {
    try {
      return Files.getFileStore(area.container()).getUsableSpace();
    } catch (IOException e) {
      throw Disk.failed("find out how much is free in " + area.container(), e);
    }
  }
}
