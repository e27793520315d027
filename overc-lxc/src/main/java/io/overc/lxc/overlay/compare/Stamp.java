package io.overc.lxc.overlay.compare;

import java.io.IOException;
import java.lang.ref.Reference;
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
   * @throws IOException if it cannot be told
   */
  public static Optional<Stamp> of(Path file) throws IOException {
    byte[] path = RawPath.bytes(file);
    NativeBuffer name = new NativeBuffer(path.length + 1);
    Status status = new Status();
    try {
      boolean found = status.read(Libc.AT_FDCWD, name.string(path), () -> file);
      return found ? Optional.of(status.stamp()) : Optional.empty();
    } finally {
      Reference.reachabilityFence(name);
    }
  }
}
