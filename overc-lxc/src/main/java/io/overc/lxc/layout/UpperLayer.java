package io.overc.lxc.layout;

import io.overc.internal.compare.Stamp;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.tree.FileTree;
import io.overc.internal.tree.TreeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks through the upper layer of an overlay that is not mounted; for one thread. */
public final class UpperLayer {
  private static final int REMEMBERED = 4096;

  private final Path upper;
  private final Map<Path, Boolean> open =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  public UpperLayer(Path upper) {
    this.upper = upper;
  }

  /** Tells whether the view shows what lower layers have at a path. */
  public boolean shows(Path path) throws IOException {
    return Stamp.of(upper.resolve(path)).isEmpty() && isOpen(path.getParent());
  }

  /** Tells whether a directory, and all above it, show what lower layers have in them. */
  private boolean isOpen(@Nullable Path directory) throws IOException {
    if (directory == null) {
      return !Linux.isOpaque(upper);
    }
    Boolean known = open.get(directory);
    if (known == null) {
      Path here = upper.resolve(directory);
      known =
          isOpen(directory.getParent())
              && Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)
              && !Linux.isOpaque(here);
      open.put(directory, known);
    }
    return known;
  }

  public void recordTimes(Path file) throws IOException {
    try (DirectoryTimes times = new DirectoryTimes(upper, file)) {
      FileTree.at(upper)
          .walk(
              entry -> {
                if (entry.type() == TreeEntry.Type.DIRECTORY) {
                  times.add(entry.path());
                }
                return true;
              });
    }
  }

  /** Removes what only an overlay understands: whiteouts and attributes. */
  public void clean() throws IOException {
    FileTree.at(upper)
        .walk(
            entry -> {
              Path file = upper.resolve(entry.path());
              if (entry.type() == TreeEntry.Type.OTHER && FileStatus.of(file).isWhiteout()) {
                Files.delete(file);
              } else {
                Linux.removeOverlayAttributes(file);
              }
              return true;
            });
  }
}
