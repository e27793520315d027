package io.overc.opennebula.lifecycle;

import io.overc.error.RefusedException;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.NamedId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Turns the names of datastores, groups and users into numbers, asking once for each kind. */
final class Directory {
  private static final String IMAGES = "0";

  private final Cloud cloud;
  private final Map<String, List<NamedId>> known = new ConcurrentHashMap<>();

  Directory(Cloud cloud) {
    this.cloud = cloud;
  }

  int datastore(String name) {
    return number("datastore of images", name, cloud::datastores, d -> d.kind().equals(IMAGES));
  }

  int group(String name) {
    return number("group", name, cloud::groups, group -> true);
  }

  /** Returns a user's number, or empty if there is no such user. */
  Optional<Integer> user(String name) {
    if (name.matches("\\d{1,9}")) {
      return Optional.of(Integer.parseInt(name));
    }
    return list("user", cloud::users).stream()
        .filter(user -> user.name().equals(name))
        .map(NamedId::id)
        .findFirst();
  }

  private int number(
      String kind, String name, Supplier<List<NamedId>> source, Predicate<NamedId> suitable) {
    if (name.matches("\\d{1,9}")) {
      return Integer.parseInt(name);
    }
    List<NamedId> all = list(kind, source).stream().filter(suitable).toList();
    return all.stream()
        .filter(item -> item.name().equals(name))
        .map(NamedId::id)
        .findFirst()
        .orElseThrow(
            () -> {
              known.remove(kind); // It may be made before the next attempt.
              return new RefusedException(
                  "OpenNebula has no %s '%s'; it has %s"
                      .formatted(
                          kind,
                          name,
                          all.stream()
                              .map(NamedId::name)
                              .sorted()
                              .collect(Collectors.joining(", "))));
            });
  }

  private List<NamedId> list(String kind, Supplier<List<NamedId>> source) {
    return known.computeIfAbsent(kind, k -> source.get());
  }
}
