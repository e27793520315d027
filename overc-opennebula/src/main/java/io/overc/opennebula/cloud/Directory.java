package io.overc.opennebula.cloud;

import io.overc.error.RefusedException;
import io.overc.opennebula.xml.Shown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds the numbers of datastores, groups and users by their names. Asks once for each kind, and
 * again after a datastore or a group was missing. Thread-safe.
 */
public final class Directory {
  private static final String IMAGES = "0";

  /**
   * A datastore, a user or a group.
   *
   * @param kind the TYPE it has (0 for a datastore of images), or empty
   */
  record NamedId(int id, String name, String kind) {}

  private final Cloud cloud;
  private final Map<String, List<NamedId>> known = new ConcurrentHashMap<>();

  public Directory(Cloud cloud) {
    this.cloud = cloud;
  }

  /** Finds a datastore of images by its name or its number; a number is not checked. */
  public int datastore(String name) {
    return number("datastore of images", name, cloud::datastores, d -> d.kind().equals(IMAGES));
  }

  /** Finds a group by its name or its number; a number is not checked. */
  public int group(String name) {
    return number("group", name, cloud::groups, group -> true);
  }

  /** Finds a user by name or number. */
  public Optional<Integer> user(String name) {
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
              known.remove(kind); // It may be created before the retry.
              return new RefusedException(
                  "OpenNebula has no %s '%s'; it has %s"
                      .formatted(
                          kind,
                          name,
                          Shown.text(
                              all.stream()
                                  .map(NamedId::name)
                                  .sorted()
                                  .collect(Collectors.joining(", ")))));
            });
  }

  private List<NamedId> list(String kind, Supplier<List<NamedId>> source) {
    List<NamedId> found = known.get(kind);
    if (found == null) {
      found = source.get(); // Not in computeIfAbsent: others could not be interrupted meanwhile.
      known.put(kind, found);
    }
    return found;
  }
}
