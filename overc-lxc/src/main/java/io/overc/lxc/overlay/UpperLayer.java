package io.overc.lxc.overlay;

import io.overc.internal.compare.Stamp;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks through the upper layer of an overlay that is not mounted; for one thread. */
final class UpperLayer {
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

  UpperLayer(Path upper) {
    this.upper = upper;
  }

  /** Tells whether the view shows what lower layers have at a path. */
  boolean shows(Path path) throws IOException {
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

  /** Writes down the times of all directories. */
  void recordTimes(Path file) throws IOException {
    try (DirectoryTimes times = new DirectoryTimes(upper, file)) {
      Files.walkFileTree(
          upper,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes a)
                throws IOException {
              times.add(upper.relativize(directory));
              return FileVisitResult.CONTINUE;
            }
          });
    }
  }

  /** Removes what only an overlay understands: whiteouts and attributes. */
  void clean() throws IOException {
    Files.walkFileTree(
        upper,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes a)
              throws IOException {
            Linux.removeOverlayAttributes(directory);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isOther() && UnixStatus.of(file).isWhiteout()) {
              Files.delete(file);
            } else {
              Linux.removeOverlayAttributes(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
