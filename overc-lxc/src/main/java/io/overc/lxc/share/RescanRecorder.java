package io.overc.lxc.share;

import io.overc.event.Operation;
import io.overc.internal.compare.Visitor.Mask;
import io.overc.internal.compare.Visitor.Obstacle;
import io.overc.internal.compare.Visitor.Reason;
import io.overc.internal.compare.Visitor.Shared;
import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.ManifestEntry;
import io.overc.lxc.layout.OverlayMount;
import io.overc.lxc.layout.UpperLayer;
import io.overc.overlay.DirectoryRescan;
import io.overc.overlay.DirectoryResult;
import io.overc.overlay.SourceChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes a new layout for a directory that is shared already: what was shared and still is stays
 * visible, and what the container has done since, by whiteouts and opaque directories, is
 * respected.
 */
final class RescanRecorder extends Recorder {
  private final Layout before;
  private final List<Path> sources;
  private final OverlayMount mount;
  private final PathSet known = new PathSet();
  private final Set<Path> special = ConcurrentHashMap.newKeySet();
  private final List<SourceChange> changes = new ArrayList<>();
  private long changed;
  private long still;
  private long stillBytes;

  RescanRecorder(
      Planned planned, Layout layout, Layout before, OverlayMount mount, Operation operation)
      throws IOException {
    super(planned, layout, operation);
    this.before = before;
    this.sources = planned.sources();
    this.mount = mount;
  }

  @Override
  void record() throws IOException {
    takeOver();
    super.record();
  }

  /** Takes over what the older manifest says, as far as the container still sees it. */
  private void takeOver() throws IOException {
    UpperLayer upper = new UpperLayer(mount.upper());
    ManifestEntry.each(
        before.manifest(),
        entry -> {
          if (upper.shows(entry.path())) {
            take(Provision.of(entry, sources));
          }
        });
    known.seal();
  }

  private void take(Provision now) throws IOException {
    if (now.state() != Provision.State.SAME) {
      changed++;
      if (changes.size() < DirectoryRescan.LISTED) {
        changes.add(now.change(mount));
      }
    }
    if (now.state() != Provision.State.VANISHED) {
      ManifestEntry entry = now.entry();
      known.add(entry.path());
      add(
          new ManifestEntry(
              entry.path(),
              entry.source(),
              entry.allocated(),
              ManifestEntry.REMOVED,
              entry.provider()));
      still++;
      stillBytes += entry.allocated();
    }
  }

  @Override
  public void shared(Shared entry) throws IOException {
    for (Path path = entry.path(); path != null; path = path.getParent()) {
      if (special.contains(path)) {
        kept(entry.path(), Reason.OBSCURED); // An opaque directory would hide the source's.
        return;
      }
    }
    super.shared(entry);
  }

  @Override
  public void masked(Path path, Mask kind) throws IOException {
    if (kind == Mask.OPAQUE) {
      super.obstacle(path, Obstacle.MOUNT_POINT);
    } else if (!known.contains(path)) {
      super.masked(path, kind);
    }
  }

  @Override
  public void obstacle(Path path, Obstacle obstacle) throws IOException {
    switch (obstacle) {
      case WHITEOUT, OVERLAY_ATTRIBUTE -> special.add(path);
      case MOUNT_POINT, TOO_DEEP -> super.obstacle(path, obstacle);
    }
  }

  DirectoryRescan rescan() {
    DirectoryResult fresh = result();
    return new DirectoryRescan(
        new DirectoryResult(
            fresh.directory(),
            still + fresh.filesShared(),
            stillBytes + fresh.bytesSaved(),
            fresh.filesKept(),
            fresh.namesMasked()),
        fresh.filesShared(),
        changes,
        changed);
  }
}
