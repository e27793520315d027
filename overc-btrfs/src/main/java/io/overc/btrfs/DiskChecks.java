package io.overc.btrfs;

import static io.overc.btrfs.Checks.broken;
import static io.overc.btrfs.Checks.met;

import io.overc.btrfs.fs.SpaceReport;
import io.overc.host.Preflight.Requirement;
import io.overc.host.Preflight.Verdict;
import io.overc.internal.tree.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What only the whole file system can tell: the default, nested subvolumes, room. */
final class DiskChecks {
  /** What the trees of two snapshots and an upgrade need at the least. */
  private static final long METADATA_FLOOR = 8L << 20;

  private final Settings settings;
  private final HostMounts mounts;
  private final Session session;
  private final HostState state;

  DiskChecks(Settings settings, HostMounts mounts, Session session, HostState state) {
    this.settings = settings;
    this.mounts = mounts;
    this.session = session;
    this.state = state;
  }

  void run(Checks checks) {
    checks.add("default subvolume", this::defaultSubvolume);
    checks.add("no nested subvolumes", this::nested);
    checks.add("names of the slots", this::names);
    checks.add("space", this::space);
  }

  private Requirement defaultSubvolume() {
    return Layout.isSlot(state.next())
        ? met("default subvolume", state.next())
        : broken(
            "default subvolume",
            "the default subvolume is " + state.next(),
            "make the running root the default: btrfs subvolume set-default " + settings.root());
  }

  private Requirement nested() {
    List<String> nested =
        state.subvolumes().stream()
            .map(subvolume -> subvolume.path())
            .filter(path -> path.startsWith(state.running() + "/"))
            .toList();
    return nested.isEmpty()
        ? met("no nested subvolumes", "none in " + state.running())
        : broken(
            "no nested subvolumes",
            String.join(", ", nested) + " would be empty directories in the new root",
            "move them to the top-level subvolume and mount them by fstab, or delete them");
  }

  private Requirement names() {
    List<String> taken =
        Stream.of(Layout.ROOTFS, Layout.UPGRADE, Layout.BACKUP)
            .flatMap(name -> Stream.of(name, Layout.fresh(name)))
            .filter(name -> Files.exists(session.file(name), LinkOption.NOFOLLOW_LINKS))
            .filter(name -> !state.exists(name))
            .toList();
    return taken.isEmpty()
        ? met("names of the slots", "none is taken by something else")
        : broken(
            "names of the slots",
            String.join(", ", taken) + " in the top-level subvolume is no subvolume",
            "move it away");
  }

  /** The root must fit twice: an upgrade may rewrite every file of it (seed: twice the rootfs). */
  private Requirement space() throws IOException {
    Optional<SpaceReport> report = SpaceReport.of(mounts.device());
    if (report.isEmpty()) {
      return Checks.warning(
          "space", "the kernel does not tell", "see 'btrfs filesystem usage' yourself");
    }
    Requirement found = space(report.get());
    if (found.verdict() != Verdict.BROKEN) {
      return found;
    }
    // What was deleted a moment ago, a failed upgrade perhaps, is still being freed.
    session.subvolumes().awaitDeletions();
    return space(SpaceReport.of(mounts.device()).orElse(report.get()));
  }

  private Requirement space(SpaceReport space) throws IOException {
    long free = space.dataFree() + space.unallocated();
    long root = free >= space.dataUsed() ? Math.min(free, space.dataUsed()) : size(space);
    long metadata = space.metadataFree() + space.unallocated();
    if (free >= root && metadata >= METADATA_FLOOR) {
      return met("space", free + " bytes free for data, " + metadata + " for metadata");
    }
    return broken(
        "space",
        "the root needs %d bytes a second time, %d are free for data and %d for metadata"
            .formatted(root, free, metadata),
        "delete what is not needed, enlarge the file system, or free block groups by"
            + " 'btrfs balance start -dusage=50'");
  }

  private long size(SpaceReport space) throws IOException {
    OptionalLong referenced = space.referenced(state.runningId());
    if (referenced.isPresent()) {
      return referenced.getAsLong();
    }
    Path root = session.file(state.running());
    return FileTree.at(root).size().bytes();
  }
}
