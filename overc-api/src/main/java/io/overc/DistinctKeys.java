package io.overc;

import io.overc.config.ConfigKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Collects keys that several providers share once each. */
final class DistinctKeys {
  private DistinctKeys() {}

  static Collector<ConfigKey<?>, ?, List<ConfigKey<?>>> sorted() {
    return Collectors.collectingAndThen(
        Collectors.<ConfigKey<?>, String, ConfigKey<?>, TreeMap<String, ConfigKey<?>>>toMap(
            ConfigKey::name, key -> key, (first, second) -> first, TreeMap::new),
        byName -> List.copyOf(new ArrayList<>(byName.values())));
  }
}
