package io.overc.btrfs;

import io.overc.btrfs.fs.Mount;
import io.overc.btrfs.fs.Subvolume;
import io.overc.error.OvercException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the file system says: which subvolumes there are, which runs, which is the default.
 *
 * @param runningId the subvolume that is mounted as root
 * @param defaultId the subvolume the next boot brings up
 * @param subvolumes all subvolumes
 */
record HostState(long runningId, long defaultId, List<Subvolume> subvolumes) {

  static HostState of(Mount root, long defaultId, List<Subvolume> subvolumes) {
    long running =
        root.option("subvolid")
            .map(Long::parseLong)
            .orElseThrow(
                () -> new OvercException("The mount of " + root.point() + " names no subvolid"));
    return new HostState(running, defaultId, subvolumes);
  }

  /** Returns the same state after subvolumes were made, renamed or deleted. */
  HostState with(List<Subvolume> now) {
    return new HostState(runningId, defaultId, now);
  }

  /** Returns the same state after another subvolume was made the default. */
  HostState withDefault(long id) {
    return new HostState(runningId, id, subvolumes);
  }

  String running() {
    return nameOf(runningId);
  }

  String next() {
    return nameOf(defaultId);
  }

  boolean exists(String name) {
    return idOf(name) != 0;
  }

  /** Returns the number of a subvolume, or 0 if there is none of that name. */
  long idOf(String name) {
    return subvolumes.stream()
        .filter(subvolume -> subvolume.path().equals(name))
        .mapToLong(Subvolume::id)
        .findFirst()
        .orElse(0);
  }

  boolean inBackupMode() {
    return running().equals(Layout.BACKUP);
  }

  boolean pending() {
    return runningId != defaultId;
  }

  /** Returns the roots an upgrade may start from: what runs, and what is pending. */
  List<String> upgradable() {
    return Stream.of(running(), next()).filter(Layout::isSlot).distinct().toList();
  }

  /** Returns the slot that does not run. */
  String otherSlot() {
    return running().equals(Layout.UPGRADE) ? Layout.ROOTFS : Layout.UPGRADE;
  }

  private String nameOf(long id) {
    return subvolumes.stream()
        .filter(subvolume -> subvolume.id() == id)
        .map(Subvolume::path)
        .findFirst()
        .orElse(id == Subvolume.TOP_LEVEL ? "/" : "subvolume " + id);
  }
}
