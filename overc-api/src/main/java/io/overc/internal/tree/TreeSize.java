package io.overc.internal.tree;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Size of a tree without what is mounted in it, in bytes; {@code allocated} is the space on the
 * disk. A file with several names counts once.
 */
public record TreeSize(long entries, long bytes, long allocated) {
  static TreeSize of(FileTree tree) throws IOException {
    long[] sums = new long[3];
    Set<Object> seen = new HashSet<>();
    tree.walk(
        entry -> {
          boolean counts = !entry.mounted() && (entry.file() == null || seen.add(entry.file()));
          if (counts) {
            sums[0]++;
            sums[1] += entry.type() == TreeEntry.Type.FILE ? entry.size() : 0;
            sums[2] += entry.allocated();
          }
          return counts;
        });
    return new TreeSize(sums[0], sums[1], sums[2]);
  }
}
