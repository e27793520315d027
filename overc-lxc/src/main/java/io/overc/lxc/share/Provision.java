package io.overc.lxc.share;

import io.overc.internal.compare.Stamp;
import io.overc.internal.linux.RawPath;
import io.overc.lxc.layout.Fingerprint;
import io.overc.lxc.layout.ManifestEntry;
import io.overc.lxc.layout.OverlayMount;
import io.overc.overlay.SourceChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the sources provide by now in the place of a file that was removed. */
record Provision(State state, ManifestEntry entry) {
  enum State {
    SAME,
    CHANGED,
    /** There is no such file, or something of another type. */
    VANISHED
  }

  /** Looks as the kernel does: the first source that has the path counts. */
  static Provision of(ManifestEntry entry, List<Path> sources) throws IOException {
    for (int i = 0; i < sources.size(); i++) {
      Path file = sources.get(i).resolve(entry.path());
      Optional<Stamp> stamp = Stamp.of(file);
      if (stamp.isPresent()) {
        return i == entry.source() && stamp.get().equals(entry.provider().stamp())
            ? new Provision(State.SAME, entry)
            : compared(entry, i, Fingerprint.of(file));
      }
      if (isBlocked(sources.get(i), entry.path())) {
        break;
      }
    }
    return new Provision(State.VANISHED, entry);
  }

  SourceChange change(OverlayMount mount) {
    return new SourceChange(
        "/" + mount.target() + "/" + RawPath.shown(entry.path()),
        state == State.VANISHED ? SourceChange.Kind.VANISHED : SourceChange.Kind.CHANGED);
  }

  private static Provision compared(ManifestEntry entry, int source, Optional<Fingerprint> found) {
    if (found.isEmpty()
        || found.get().type() != entry.provider().type()
        || found.get().isWhiteout()) {
      return new Provision(State.VANISHED, entry);
    }
    State state = found.get().matches(entry.provider()) ? State.SAME : State.CHANGED;
    return new Provision(
        state,
        new ManifestEntry(entry.path(), source, entry.allocated(), entry.own(), found.get()));
  }

  /** Tells whether a source has a file where a parent is to be: then deeper layers do not count. */
  private static boolean isBlocked(Path source, Path path) {
    for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
      Path directory = source.resolve(parent);
      if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        return !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
      }
    }
    return false;
  }
}
