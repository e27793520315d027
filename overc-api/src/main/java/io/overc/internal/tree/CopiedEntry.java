package io.overc.internal.tree;

import static io.overc.internal.tree.OpenDirectory.terminated;

import io.overc.internal.linux.RawPath;
import java.nio.file.Path;

/**
 * An entry and the place of its copy, which has the same name but for the root. The twin of {@code
 * directory} is where the copy is made; {@code target} is the root of the copy, for messages.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CopiedEntry(OpenDirectory directory, byte[] name, byte[] copyName, Path target) {
  int source() {
    return directory.descriptor();
  }

  int twin() {
    return directory.twin();
  }

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
