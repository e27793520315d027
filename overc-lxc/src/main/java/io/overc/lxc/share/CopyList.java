package io.overc.lxc.share;

import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.ManifestEntry;
import io.overc.lxc.layout.OverlayMount;
import io.overc.lxc.layout.UpperLayer;
import io.overc.overlay.Outcome;
import io.overc.overlay.SourceChange;
import io.overc.overlay.StopResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds out what a container sees only in its sources, so what it needs a copy of. */
final class CopyList {
  private static final int SHOWN = 5;

  private final List<SourceChange> changes = new ArrayList<>();
  private long changed;
  private long files;
  private long bytes;

  /** Counts what one overlay shows from its sources, and tells the entries to somebody. */
  void add(Layout layout, OverlayMount mount, ManifestEntry.Consumer consumer) throws IOException {
    UpperLayer upper = new UpperLayer(mount.upper());
    List<Path> sources = mount.lowers().subList(1, mount.lowers().size());
    ManifestEntry.each(
        layout.manifest(),
        entry -> {
          if (!upper.shows(entry.path())) {
            return; // The container has written, or deleted, its own.
          }
          Provision now = Provision.of(entry, sources);
          if (now.state() == Provision.State.SAME) {
            files++;
            bytes += entry.allocated();
            consumer.accept(now.entry());
          } else {
            remember(mount, now);
          }
        });
  }

  private void remember(OverlayMount mount, Provision now) {
    changed++;
    if (changes.size() < SHOWN) {
      changes.add(now.change(mount));
    }
  }

  StopResult result(String container, Outcome outcome, List<String> directories, long free) {
    return new StopResult(container, outcome, directories, files, bytes, free);
  }

  long files() {
    return files;
  }

  long bytes() {
    return bytes;
  }

  /** Returns, for people, which files the sources no longer have as they were; empty for none. */
  String changes() {
    String shown =
        String.join(
            ", ",
            changes.stream()
                .map(c -> c.path() + " " + c.kind().name().toLowerCase(Locale.ROOT))
                .toList());
    return shown + (changed > SHOWN ? " and " + (changed - SHOWN) + " more" : "");
  }
}
