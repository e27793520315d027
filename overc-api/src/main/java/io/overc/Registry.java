package io.overc;

import io.overc.config.Config;
import io.overc.error.BackendException;
import io.overc.spi.Availability;
import io.overc.spi.BackendProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
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

  private final String kind;
  private final Map<String, P> byId = new TreeMap<>();
  private final List<String> broken = new ArrayList<>();

  private Registry(String kind) {
    this.kind = kind;
  }

  static <P extends BackendProvider<?>> Registry<P> load(
      String kind, Class<P> type, ClassLoader loader) {
    Registry<P> registry = new Registry<>(kind);
    Iterator<P> found = ServiceLoader.load(type, loader).iterator();
    while (registry.hasNext(found)) {
      try {
        registry.add(found.next());
      } catch (ServiceConfigurationError e) {
        registry.remember(e);
      }
    }
    return registry;
  }

  List<P> providers() {
    return List.copyOf(byId.values());
  }

  P named(String id) {
    P provider = byId.get(id);
    if (provider == null) {
      throw new BackendException(
          "There is no "
              + kind
              + " '"
              + id
              + "'; "
              + found()
              + ". "
              + cure("io.overc:overc-" + id));
    }
    return provider;
  }

  P only(Config config) {
    List<P> usable = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (P provider : byId.values()) {
      Availability availability = provider.availability(config);
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
      String why =
          byId.isEmpty()
              ? found() + ". " + cure("a backend's artifact")
              : String.join("; ", reasons);
      throw new BackendException("No " + kind + " is usable here: " + why);
    }
    throw new BackendException(
        usable.stream()
            .map(BackendProvider::id)
            .collect(
                Collectors.joining(
                    ", ", "Several " + kind + "s are usable here (", "): choose one by its id")));
  }

  Stream<Diagnosis> diagnose(Config config) {
    return Stream.concat(
        byId.values().stream()
            .map(p -> new Diagnosis(kind, p.id(), p.availability(config), p.tools(config))),
        broken.stream()
            .map(why -> new Diagnosis(kind, "(broken)", Availability.unusable(why), List.of())));
  }

  private boolean hasNext(Iterator<P> found) {
    while (true) {
      try {
        return found.hasNext();
      } catch (ServiceConfigurationError e) {
        remember(e);
      }
    }
  }

  private void add(P provider) {
    String id = provider.id();
    if (!ID.matcher(id).matches()) {
      throw new BackendException(
          "The %s %s has the id '%s': an id is lower-case letters, digits and hyphens, the first a letter"
              .formatted(kind, provider.getClass().getName(), id));
    }
    P other = byId.putIfAbsent(id, provider);
    if (other != null) {
      throw new BackendException(
          "Two providers of a %s have the id '%s': %s and %s; remove one from the class path"
              .formatted(kind, id, other.getClass().getName(), provider.getClass().getName()));
    }
  }

  private void remember(ServiceConfigurationError e) {
    LOG.warn("A provider of a {} could not be loaded", kind, e);
    broken.add(String.valueOf(e.getMessage()));
  }

  private String found() {
    return byId.isEmpty() ? "none was found" : "found: " + String.join(", ", byId.keySet());
  }

  private static String cure(String artifact) {
    return "Add " + artifact + " to the class path as a dependency.";
  }
}
