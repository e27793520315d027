package io.overc.docker.container;

import io.overc.spi.Place;
import java.util.List;
import java.util.stream.Stream;

/** The names by which the engine knows what is at the places of a container. */
final class PlaceNames {
  private static final String FRESH = ".overc-new";
  private static final String OLD = ".overc-old";
  private static final String INTENT = ".overc-intent";
  private static final String NEXT_INTENT = ".overc-next-intent";

  private PlaceNames() {}

  static String at(String name, Place place) {
    return switch (place) {
      case CURRENT -> name;
      case FRESH -> name + FRESH;
      case OLD -> name + OLD;
    };
  }

  /** The container whose label is the intent of a change in place. */
  static String intent(String name) {
    return name + INTENT;
  }

  /** The one that is about to become the container of the intent. */
  static String nextIntent(String name) {
    return name + NEXT_INTENT;
  }

  static List<String> all(String name) {
    return List.of(name, name + FRESH, name + OLD, name + INTENT, name + NEXT_INTENT);
  }

  /** Returns the name of the container to which one of these names belongs. */
  static String container(String name) {
    return Stream.of(FRESH, OLD, INTENT, NEXT_INTENT)
        .filter(name::endsWith)
        .map(suffix -> name.substring(0, name.length() - suffix.length()))
        .findFirst()
        .orElse(name);
  }
}
