package io.overc.internal.compare;

import io.overc.internal.linux.FileStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Identifies one state of a file: whoever writes to it, changes its attributes, renames or replaces
 * it changes the stamp. Times are nanoseconds since 1970.
 */
public record Stamp(long device, long inode, long size, long modified, long changed) {
  /** Reads the stamp of a file, empty if nothing is there; a symbolic link is not followed. */
  public static Optional<Stamp> of(Path file) throws IOException {
    return FileStatus.find(file).map(Stamp::of);
  }

  /** Returns the stamp of the file whose status was read. */
  public static Stamp of(FileStatus status) {
    return new Stamp(
        status.device(), status.inode(), status.size(), status.modified(), status.changed());
  }
}
