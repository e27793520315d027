package io.overc.docker.container;

import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.spi.BackendContainer;
import io.overc.spi.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at containers, each look a process, and remembers what the operation that holds the lock of
 * a container has seen of it: until the operation changes it, nobody does.
 */
final class Looks {
  private final EngineContainers containers;

  /** By the name of the container; of the operation that runs, or of the last one. */
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  private static final class Seen {
    private final long thread = Thread.currentThread().getId();
    private final Map<String, EngineContainer> found = new HashMap<>();

    /** By the id of the container. */
    private final Map<String, Integer> restarts = new HashMap<>();

    /** By the name of the place: what stands there because of us. */
    private final Map<String, String> ids = new HashMap<>();

    private final Set<String> foreign = new TreeSet<>();
    private boolean marker;
  }

  Looks(EngineContainers containers) {
    this.containers = containers;
  }

  /** Begins an operation: what was seen before counts no more. */
  void begin(String name) {
    seen.put(name, new Seen());
  }

  /** Looks at everything there is of a container. */
  BackendContainer find(String name) {
    List<EngineContainer> all = containers.find(PlaceNames.all(name));
    Map<String, ContainerSummary> found = new HashMap<>();
    for (EngineContainer one : all) {
      found.put(one.name(), ContainerSummary.of(one));
    }
    own(name).ifPresent(own -> remember(own, name, all, found));
    return ContainerSummary.combine(name, found);
  }

  private static void remember(
      Seen own, String name, List<EngineContainer> all, Map<String, ContainerSummary> found) {
    boolean replaced = ContainerSummary.isOurs(PlaceNames.at(name, Place.OLD), name, found);
    own.found.clear();
    own.ids.clear();
    own.foreign.clear();
    for (EngineContainer one : all) {
      if (!one.name().equals(name) && !ContainerSummary.isOurs(one.name(), name, found)) {
        own.foreign.add(one.name());
        continue;
      }
      own.ids.put(one.name(), one.id());
      own.marker |= one.name().equals(PlaceNames.intent(name));
      own.marker |= one.name().equals(PlaceNames.nextIntent(name));
      own.found.put(one.name(), one);
      // One that has replaced another was made for that: it never was restarted before.
      own.restarts.putIfAbsent(one.id(), replaced && one.name().equals(name) ? 0 : one.restarts());
    }
  }

  /** Returns what is at a place, where something must be. */
  EngineContainer require(String name, Place place) {
    String at = PlaceNames.at(name, place);
    return own(name)
        .flatMap(own -> Optional.ofNullable(own.found.get(at)))
        .orElseGet(() -> containers.require(at));
  }

  /** Forgets what is about to change. */
  void changing(String name, Place place) {
    own(name).ifPresent(own -> own.found.remove(PlaceNames.at(name, place)));
  }

  /** Returns the id of what stands at a place because of us. */
  Optional<String> id(String name, Place place) {
    return own(name).flatMap(own -> Optional.ofNullable(own.ids.get(PlaceNames.at(name, place))));
  }

  void made(String name, String id) {
    own(name).ifPresent(own -> own.ids.put(PlaceNames.at(name, Place.FRESH), id));
  }

  void moved(String name, Place from, Place to) {
    changing(name, from);
    own(name)
        .ifPresent(
            own -> {
              @Nullable String id = own.ids.remove(PlaceNames.at(name, from));
              if (id != null) {
                own.ids.put(PlaceNames.at(name, to), id);
              }
            });
  }

  /** Refuses an operation that needs a name that somebody else's container has. */
  void refuseForeign(String name) {
    own(name)
        .flatMap(own -> own.foreign.stream().findFirst())
        .ifPresent(
            foreign -> {
              throw foreign(foreign);
            });
  }

  static RefusedException foreign(String name) {
    return new RefusedException(
        RefusedException.Guard.EXISTS,
        "There is a container '%s', which is not ours, and its name is needed meanwhile"
            .formatted(name),
        Remedy.other("rename it or remove it first"));
  }

  /** Returns how often the engine had restarted it when the operation first saw it. */
  int restartsBefore(String name, EngineContainer container) {
    return own(name)
        .map(own -> own.restarts.getOrDefault(container.id(), 0))
        .orElse(container.restarts());
  }

  /** Notes that there may be a container of an intent, and tells whether there was one before. */
  boolean mark(String name) {
    Optional<Seen> own = own(name);
    boolean before = own.isEmpty() || own.get().marker;
    own.ifPresent(one -> one.marker = true);
    return before;
  }

  /** Tells whether there may be a container of an intent. */
  boolean marked(String name) {
    return own(name).filter(own -> !own.marker).isEmpty();
  }

  private Optional<Seen> own(String name) {
    return Optional.ofNullable(seen.get(name))
        .filter(one -> one.thread == Thread.currentThread().getId());
  }
}
