package io.overc.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Describes a key that nobody knows, with the most likely fix. */
final class UnknownKey {
  private static final Map<String, String> ARTIFACTS =
      Map.of(
          "btrfs", "overc-btrfs",
          "lxc", "overc-lxc",
          "docker", "overc-docker",
          "opennebula", "overc-opennebula");

  private UnknownKey() {}

  static String describe(String name, Collection<ConfigKey<?>> known) {
    String family = name.substring(0, Math.max(0, name.indexOf('.')));
    boolean present = known.stream().anyMatch(key -> key.name().startsWith(family + "."));
    String artifact = ARTIFACTS.get(family);
    if (!present && artifact != null) {
      return "'" + name + "' belongs to io.overc:" + artifact + ", which is not on the class path";
    }
    return "'"
        + name
        + "' is not a known key"
        + known.stream()
            .map(key -> candidate(key, name))
            .min(Comparator.comparingInt(candidate -> distance(candidate, name)))
            .filter(candidate -> distance(candidate, name) <= Math.min(3, name.length() / 3))
            .map(candidate -> " (did you mean '" + candidate + "'?)")
            .orElse("");
  }

  // Puts the word that stands in the place of the wildcard into it, if there is one.
  private static String candidate(ConfigKey<?> key, String name) {
    List<String> parts = List.of(key.name().split("\\.", -1));
    List<String> words = List.of(name.split("\\.", -1));
    int star = parts.indexOf("*");
    return star < 0 || star >= words.size() ? key.name() : key.named(words.get(star)).name();
  }

  // Counts the single-character edits between two keys (Levenshtein).
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
