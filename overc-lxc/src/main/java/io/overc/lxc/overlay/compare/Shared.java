package io.overc.lxc.overlay.compare;

import java.nio.file.Path;

/**
 * Tells of an entry that a source provides identically.
 *
 * @param path below the compared directory
 * @param size bytes of a regular file, of a link's target; 0 for others
 * @param allocated bytes on the disk that its removal sets free; less than the size of a sparse
 *     file
 * @param source which source provides it, from 0
 * @param stamp what the entry was when it was compared
 * @param provider what the source's entry was then
 */
public record Shared(
    Path path, long size, long allocated, int source, Stamp stamp, Stamp provider) {
  /** Checks the parts. */
  public Shared {
    if (path.isAbsolute() || size < 0 || allocated < 0 || source < 0) {
      throw new IllegalArgumentException(
          "not an entry below a directory: " + path + ", " + size + " bytes, source " + source);
    }
  }
}
