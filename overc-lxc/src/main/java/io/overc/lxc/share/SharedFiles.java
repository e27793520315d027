package io.overc.lxc.share;

import io.overc.internal.compare.Stamp;
import io.overc.lxc.layout.DirectoryTimes;
import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.Lines;
import io.overc.lxc.layout.ManifestEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Removes from a container what its sources provide, once the overlay that shows it stands. */
final class SharedFiles {
  private long changed;
  private long changedBytes;

  /**
   * Removes what a manifest lists. What is not any more as it was when it was compared, here or in
   * the source, stays. Can be interrupted anywhere and called again.
   */
  void remove(Layout layout, Path upper, List<Path> sources) throws IOException {
    Lines.read(layout.manifest(), line -> remove(ManifestEntry.parse(line), upper, sources));
    DirectoryTimes.restore(upper, layout.times());
  }

  private void remove(ManifestEntry entry, Path upper, List<Path> sources) throws IOException {
    Path file = upper.resolve(entry.path());
    Optional<Stamp> own = Stamp.of(file);
    if (own.isEmpty()) {
      return;
    }
    Path source = sources.get(entry.source()).resolve(entry.path());
    if (own.get().equals(entry.own())
        && Stamp.of(source).filter(entry.provider().stamp()::equals).isPresent()) {
      Files.delete(file);
    } else {
      changed++;
      changedBytes += entry.allocated();
    }
  }

  /** Returns how many files stayed. */
  long changed() {
    return changed;
  }

  long changedBytes() {
    return changedBytes;
  }
}
