package io.overc.internal.tree;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a tree.
 *
 * @param path below the root of the tree, with the bytes of its names; empty for the root
 * @param type what it is
 * @param size the length of the content in bytes
 * @param allocated bytes on the disk, as far as the file system says so
 * @param file the same object for all names of one file; null if it has one name only, or for
 *     directories
 * @param mounted whether it is the root of another file system, or of another mount
 */
public record TreeEntry(
    Path path, Type type, long size, long allocated, @Nullable Object file, boolean mounted) {
  /** Type of an entry. */
  public enum Type {
    /** A directory. */
    DIRECTORY,
    /** A regular file. */
    FILE,
    /** A symbolic link. */
    LINK,
    /** A device, fifo or socket. */
    OTHER
  }

  /** Checks the parts. */
  public TreeEntry {
    if (path.isAbsolute()) {
      throw new IllegalArgumentException("not below the root of a tree: " + path);
    }
  }
}
