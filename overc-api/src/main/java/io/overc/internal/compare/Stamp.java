package io.overc.internal.compare;

import io.overc.internal.linux.FileStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Identifies one state of a file: whoever writes to it, changes its attributes, renames or replaces
 * it changes the stamp.
 *
 * @param device the file system's number
 * @param inode the file's number
 * @param size bytes
 * @param modified nanoseconds since 1970
 * @param changed nanoseconds since 1970, of the last change of content or attributes
 */
public record Stamp(long device, long inode, long size, long modified, long changed) {
  /**
   * Reads the stamp of a file; a symbolic link is not followed.
   *
   * @param file any path, whatever bytes its name holds
   * @return empty if nothing is there
   */
  public static Optional<Stamp> of(Path file) throws IOException {
    return FileStatus.find(file).map(Stamp::of);
  }

  /** Returns the stamp of the file whose status was read. */
  public static Stamp of(FileStatus status) {
    return new Stamp(
        status.device(), status.inode(), status.size(), status.modified(), status.changed());
  }
}
