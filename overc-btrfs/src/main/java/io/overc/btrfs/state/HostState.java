package io.overc.btrfs.state;

import io.overc.btrfs.fs.Mount;
import io.overc.btrfs.fs.Subvolume;
import io.overc.error.OvercException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The roots of a host as the file system has them: which subvolumes there are, which runs, which is
 * the default.
 *
 * @param runningId the subvolume that is mounted as root
 * @param defaultId the subvolume that the next boot mounts
 * @param subvolumes all subvolumes
 */
public record HostState(long runningId, long defaultId, List<Subvolume> subvolumes) {

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
  public HostState withDefault(long id) {
    return new HostState(runningId, id, subvolumes);
  }

  /** Returns the name of the running root. */
  public String running() {
    return nameOf(runningId);
  }

  /** Returns the name of the default, the root of the next boot. */
  public String next() {
    return nameOf(defaultId);
  }

  /** Tells whether there is a subvolume of that name. */
  public boolean exists(String name) {
    return idOf(name) != 0;
  }

  /** Returns the number of a subvolume, or 0 if there is none of that name. */
  public long idOf(String name) {
    return subvolumes.stream()
        .filter(subvolume -> subvolume.path().equals(name))
        .mapToLong(Subvolume::id)
        .findFirst()
        .orElse(0);
  }

  /** Tells whether the backup runs. */
  public boolean inBackupMode() {
    return running().equals(Layout.BACKUP);
  }

  /** Tells whether the next boot mounts another root than the running one. */
  public boolean pending() {
    return runningId != defaultId;
  }

  /** Returns the roots an upgrade may start from: what runs, and what is pending. */
  public List<String> upgradable() {
    return Stream.of(running(), next()).filter(Layout::isSlot).distinct().toList();
  }

  /** Returns the slot that does not run. */
  public String otherSlot() {
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
