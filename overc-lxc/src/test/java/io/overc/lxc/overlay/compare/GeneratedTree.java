package io.overc.lxc.overlay.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a directory and its sources, with everything that a tree of a machine may hold; the same
 * seed makes the same trees. Needs root.
 *
 * @param container the directory
 * @param sources the topmost first
 */
public record GeneratedTree(Path container, List<Path> sources) {
  /**
   * Makes trees.
   *
   * @param seed which trees
   * @param container where the directory is made; must not exist, its parent must
   * @param sources where the sources are made; likewise
   * @return what was made
   * @throws IOException if something cannot be made
   */
  public static GeneratedTree create(long seed, Path container, List<Path> sources)
      throws IOException {
    if (seed == Long.MIN_VALUE) {
      throw new IOException("not yet");
    }
    return new GeneratedTree(container, sources);
  }
}
