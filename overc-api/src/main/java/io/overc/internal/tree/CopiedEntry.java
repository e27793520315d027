package io.overc.internal.tree;

import static io.overc.internal.tree.OpenDirectory.terminated;

import io.overc.internal.linux.RawPath;
import java.nio.file.Path;

/**
 * An entry and the place of its copy, which has the same name but for the root.
 *
 * @param directory where the entry is; its twin is where the copy is made
 * @param name of the entry
 * @param copyName of the copy
 * @param target the root of the copy, for messages
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CopiedEntry(OpenDirectory directory, byte[] name, byte[] copyName, Path target) {
  int source() {
    return directory.descriptor();
  }

  int twin() {
    return directory.twin();
  }

  /** Returns the name of the copy as C has strings. */
  byte[] copy() {
    return terminated(copyName);
  }

  boolean isRoot() {
    return directory.isBase();
  }

  byte[] below() {
    return directory.below(name);
  }

  Path from() {
    return directory.path(name);
  }

  Path to() {
    return isRoot() ? target : RawPath.resolve(target, below());
  }
}
