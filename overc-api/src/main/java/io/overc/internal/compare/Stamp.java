package io.overc.internal.compare;

import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Identifies one state of a file: whoever writes to it, changes its attributes, renames or replaces
 * it changes the stamp. Times are nanoseconds since 1970.
 */
public record Stamp(long device, long inode, long size, long modified, long changed) {
  /** Reads the stamp of a file, empty if nothing is there; a symbolic link is not followed. */
  public static Optional<Stamp> of(Path file) throws IOException {
    byte[] path = RawPath.bytes(file);
    NativeBuffer name = new NativeBuffer(path.length + 1);
    FileStatus status = new FileStatus();
    try {
      boolean found = status.read(Libc.AT_FDCWD, name.string(path), () -> file);
      return found ? Optional.of(of(status)) : Optional.empty();
    } finally {
      Reference.reachabilityFence(name);
    }
  }

  static Stamp of(FileStatus status) {
    return new Stamp(
        status.device(), status.inode(), status.size(), status.modified(), status.changed());
  }
}
