package io.overc;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.error.BackendException;
import io.overc.spi.Availability;
import io.overc.spi.BackendProvider;
import io.overc.spi.ToolVersion;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the providers of one kind; the only user of {@link ServiceLoader}.
 *
 * <p>A provider that cannot be loaded is remembered for {@link #diagnose} and does not hide the
 * others.
 */
final class Registry<P extends BackendProvider<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(Registry.class);
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Set<String> OWN = Set.of("btrfs", "lxc", "docker", "opennebula");

  private final String kind;
  private final Map<String, P> byId = new TreeMap<>();
  private final List<FailedProvider> failed = new ArrayList<>();

  // Maximum tolerated failures: an iterator that is stuck would fail for ever.
  private int attempts = 100;

  private Registry(String kind) {
    this.kind = kind;
  }

  static <P extends BackendProvider<?>> Registry<P> load(
      String kind, Class<P> type, List<ClassLoader> loaders) {
    Registry<P> registry = new Registry<>(kind);
    for (ClassLoader loader : loaders) {
      Iterator<P> found = ServiceLoader.load(type, loader).iterator();
      while (registry.addNext(found)) {
        // Each call takes one provider.
      }
    }
    return registry;
  }

  List<P> providers() {
    return List.copyOf(byId.values());
  }

  Stream<ConfigKey<?>> keys() {
    return byId.values().stream().flatMap(this::keys);
  }

  P named(String id) {
    P provider = byId.get(id);
    if (provider == null) {
      throw new BackendException(
          "There is no %s '%s'; %s. %s".formatted(kind, id, found(), artifact(id)));
    }
    return provider;
  }

  P only(Config config) {
    List<P> usable = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (P provider : byId.values()) {
      Availability availability = availability(provider, config);
      if (availability.usable()) {
        usable.add(provider);
      } else {
        reasons.add(provider.id() + ": " + availability.reason());
      }
    }
    if (usable.size() == 1) {
      return usable.get(0);
    }
    if (usable.isEmpty()) {
      throw noneUsable(reasons);
    }
    throw new BackendException(
        usable.stream()
            .map(BackendProvider::id)
            .collect(
                Collectors.joining(
                    ", ", "Several " + kind + "s are usable here (", "): choose one by its id")));
  }

  // Where backends were found, no artifact is missing: what helps is in their reasons.
  private BackendException noneUsable(List<String> reasons) {
    String none = "No " + kind + " is usable here; ";
    return new BackendException(
        reasons.isEmpty()
            ? none
                + found()
                + ". "
                + "Add the artifact of a backend to the class path as a dependency."
            : none + String.join("; ", reasons) + failures());
  }

  Stream<Diagnosis> diagnose(Config config) {
    return Stream.concat(
        byId.values().stream()
            .map(p -> new Diagnosis(kind, p.id(), availability(p, config), tools(p, config))),
        failed.stream()
            .map(b -> new Diagnosis(kind, b.name(), Availability.unusable(b.why()), List.of())));
  }

  // Takes one provider; a class that cannot be loaded may show in either call of the iterator.
  private boolean addNext(Iterator<P> found) {
    P provider;
    try {
      if (!found.hasNext()) {
        return false;
      }
      provider = found.next();
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      remember(FailedProvider.of(e), e);
      return --attempts > 0;
    }
    try {
      add(provider.id(), provider);
    } catch (BackendException e) {
      throw e;
    } catch (LinkageError | RuntimeException e) {
      remember(new FailedProvider(provider.getClass().getName(), String.valueOf(e)), e);
    }
    return true;
  }

  private void add(String id, P provider) {
    if (!ID.matcher(id).matches()) {
      throw new BackendException(
          "The %s %s has the id '%s': an id is lower-case letters, digits and hyphens, the first a letter"
              .formatted(kind, provider.getClass().getName(), id));
    }
    P other = byId.putIfAbsent(id, provider);
    // Several class loaders may find the same class.
    if (other != null && other.getClass() != provider.getClass()) {
      throw new BackendException(
          "Two providers of a %s have the id '%s': %s and %s; remove one from the class path"
              .formatted(kind, id, other.getClass().getName(), provider.getClass().getName()));
    }
  }

  private void remember(FailedProvider provider, Throwable e) {
    if (!failed.contains(provider)) {
      LOG.warn("A provider of a {} could not be loaded", kind, e);
      failed.add(provider);
    }
  }

  private Stream<ConfigKey<?>> keys(P provider) {
    try {
      return provider.keys().stream();
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("The provider {} is broken", provider.getClass().getName(), e);
      return Stream.of();
    }
  }

  private Availability availability(P provider, Config config) {
    try {
      return provider.availability(config);
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("The provider {} is broken", provider.getClass().getName(), e);
      return Availability.unusable("it is broken: " + e);
    }
  }

  private List<ToolVersion> tools(P provider, Config config) {
    try {
      return provider.tools(config);
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("The provider {} is broken", provider.getClass().getName(), e);
      return List.of();
    }
  }

  private String found() {
    String found = byId.isEmpty() ? "none was found" : "found: " + String.join(", ", byId.keySet());
    return found + failures();
  }

  private static String artifact(String id) {
    return "Add "
        + (OWN.contains(id) ? "io.overc:overc-" + id : "the artifact that provides '" + id + "'")
        + " to the class path as a dependency.";
  }

  private String failures() {
    return failed.isEmpty()
        ? ""
        : failed.stream()
            .map(FailedProvider::name)
            .collect(Collectors.joining(", ", "; could not be loaded: ", ""));
  }

  /**
   * Says which provider could not be loaded, and why.
   *
   * @param name its class, as far as known
   * @param why what went wrong
   */
  private record FailedProvider(String name, String why) {
    private static final Pattern PROVIDER =
        Pattern.compile("[\\w.$]+: (?:Provider )?([\\w.$]+) .*");

    static FailedProvider of(Throwable e) {
      String message = String.valueOf(e.getMessage());
      Matcher matcher = PROVIDER.matcher(message);
      Throwable cause = e.getCause();
      return new FailedProvider(
          matcher.matches() ? matcher.group(1) : "an unknown class",
          cause == null ? e.getClass().getSimpleName() + ": " + message : message + ": " + cause);
    }
  }
}
