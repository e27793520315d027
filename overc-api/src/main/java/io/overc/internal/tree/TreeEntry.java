package io.overc.internal.tree;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a tree: its path below the root, with the bytes of its names, empty for the root;
 * {@code file} is the same object for all names of one file, null if it has one name only or is a
 * directory; {@code mounted} if it is the root of another file system or mount.
 */
public record TreeEntry(
    Path path, Type type, long size, long allocated, @Nullable Object file, boolean mounted) {
  public enum Type {
    DIRECTORY,
    FILE,
    LINK,
    /** A device, fifo or socket. */
    OTHER
  }

  public TreeEntry {
    if (path.isAbsolute()) {
      throw new IllegalArgumentException("not below the root of a tree: " + path);
    }
  }

  /** Visits the entries of a tree, the root first and every directory before what is in it. */
  @FunctionalInterface
  public interface Visitor {
    /** Visits an entry; returns whether to go into it, if it is a directory. */
    boolean visit(TreeEntry entry) throws IOException;
  }
}
