package io.overc.lxc;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs a tool as the root of an unprivileged container sees files: with the id mapping that the
 * container's {@code lxc.idmap} lines say.
 */
final class IdMap {
  private IdMap() {}

  /** Returns what to put in front of a tool; nothing for a privileged container. */
  static List<String> wrapper(ContainerConfig config) {
    List<String> words = new ArrayList<>();
    for (String map : config.values("lxc.idmap")) {
      String[] parts = map.split("\\s+", -1);
      if (parts.length == 4) {
        words.add("-m");
        words.add(String.join(":", parts));
      }
    }
    if (!words.isEmpty()) {
      words.add(0, "lxc-usernsexec");
      words.add("--");
    }
    return words;
  }
}
