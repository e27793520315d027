package io.overc.lxc.share;

import io.overc.internal.compare.Stamp;
import io.overc.lxc.layout.DirectoryTimes;
import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.ManifestEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Removes from a container what its sources provide, once the overlay that shows it is in the
 * config.
 */
final class SharedFiles {
  private final Path upper;
  private final List<Path> sources;
  private long changed;
  private long changedBytes;

  SharedFiles(Path upper, List<Path> sources) {
    this.upper = upper;
    this.sources = sources;
  }

  /**
   * Removes what a manifest lists. What is not any more as it was when it was compared, here or in
   * the source, stays. Can be interrupted anywhere and called again.
   */
  void remove(ChangeContext steps, Layout layout, String directory) {
    steps.run(
        "remove shared files",
        "remove what the sources of " + directory + " provide",
        () -> {
          ManifestEntry.each(layout.manifest(), this::remove);
          DirectoryTimes.restore(upper, layout.times());
        });
  }

  private void remove(ManifestEntry entry) throws IOException {
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

  long changed() {
    return changed;
  }

  long changedBytes() {
    return changedBytes;
  }
}
