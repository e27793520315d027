package io.overc.btrfs.preflight;

import static io.overc.btrfs.preflight.Findings.Finding.broken;
import static io.overc.btrfs.preflight.Findings.Finding.met;
import static io.overc.btrfs.preflight.Findings.Finding.warning;

import io.overc.btrfs.fs.SpaceReport;
import io.overc.btrfs.preflight.Findings.Finding;
import io.overc.btrfs.state.HostContext;
import io.overc.btrfs.state.HostState;
import io.overc.btrfs.state.Layout;
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

/** The requirements that only the whole file system can tell: default, nested subvolumes, space. */
final class DiskChecks {
  /** The least space for the trees of two snapshots and an upgrade. */
  private static final long METADATA_FLOOR = 8L << 20;

  private final HostContext host;
  private final HostState state;

  DiskChecks(HostContext host, HostState state) {
    this.host = host;
    this.state = state;
  }

  void run(Findings findings) {
    findings.check("default subvolume", this::defaultSubvolume);
    findings.check("no nested subvolumes", this::nested);
    findings.check("names of the slots", this::names);
    findings.check("space", this::space);
  }

  private Finding defaultSubvolume() {
    return Layout.isSlot(state.next())
        ? met(state.next())
        : broken(
            "the default subvolume is " + state.next(),
            "make the running root the default: btrfs subvolume set-default "
                + host.settings().root());
  }

  private Finding nested() {
    List<String> nested =
        state.subvolumes().stream()
            .map(subvolume -> subvolume.path())
            .filter(path -> path.startsWith(state.running() + "/"))
            .toList();
    return nested.isEmpty()
        ? met("none in " + state.running())
        : broken(
            String.join(", ", nested) + " would be empty directories in the new root",
            "move them to the top-level subvolume and mount them by fstab, or delete them");
  }

  private Finding names() {
    List<String> taken =
        Stream.of(Layout.ROOTFS, Layout.UPGRADE, Layout.BACKUP)
            .flatMap(name -> Stream.of(name, Layout.fresh(name)))
            .filter(name -> Files.exists(host.file(name), LinkOption.NOFOLLOW_LINKS))
            .filter(name -> !state.exists(name))
            .toList();
    return taken.isEmpty()
        ? met("none is taken by something else")
        : broken(
            String.join(", ", taken) + " in the top-level subvolume is no subvolume",
            "move it away");
  }

  /** The root must fit twice: an upgrade may rewrite every file of it (seed: twice the rootfs). */
  private Finding space() throws IOException {
    Optional<SpaceReport> report = SpaceReport.of(host.device());
    if (report.isEmpty()) {
      return warning("the kernel does not report it", "check 'btrfs filesystem usage'");
    }
    Finding found = space(report.get());
    if (found.verdict() != Verdict.BROKEN) {
      return found;
    }
    // What was deleted a moment ago, a failed upgrade perhaps, is still being freed.
    host.subvolumes().awaitDeletions();
    return space(SpaceReport.of(host.device()).orElse(report.get()));
  }

  private Finding space(SpaceReport space) throws IOException {
    long free = space.dataFree() + space.unallocated();
    long root = free >= space.dataUsed() ? Math.min(free, space.dataUsed()) : size(space);
    long metadata = space.metadataFree() + space.unallocated();
    if (free >= root && metadata >= METADATA_FLOOR) {
      return met(free + " bytes free for data, " + metadata + " for metadata");
    }
    return broken(
        "a second copy of the root takes %d bytes, %d are free for data and %d for metadata"
            .formatted(root, free, metadata),
        "delete what is not needed, enlarge the file system, or free block groups by"
            + " 'btrfs balance start -dusage=50'");
  }

  private long size(SpaceReport space) throws IOException {
    OptionalLong referenced = space.referenced(state.runningId());
    if (referenced.isPresent()) {
      return referenced.getAsLong();
    }
    Path root = host.file(state.running());
    return FileTree.at(root).size().bytes();
  }
}
