package io.overc.docker.container;

import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.EngineContainers.Recipe;
import io.overc.docker.engine.Labels;
import io.overc.error.BusyException;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps intents as labels: that of a replacement on the new container, that of a change in place on
 * a container of its own, which never runs, since labels cannot be changed.
 */
record Intents(EngineContainers containers, Looks looks) {

  /** Makes the new container with its intent. */
  void make(String name, Recipe recipe, Intent intent) {
    looks.refuseForeign(name);
    String fresh = PlaceNames.at(name, Place.FRESH);
    looks.changing(name, Place.FRESH);
    List<String> options = new ArrayList<>(recipe.options());
    options.add(label(intent));
    options.add("--label=" + Labels.REPLACES + "=" + looks.id(name, Place.CURRENT).orElse(""));
    // What the image says of who made the container of which it is a snapshot is over.
    options.add("--label=" + Labels.OWNER + "=");
    Recipe labelled = new Recipe(recipe.image(), options, recipe.networks(), recipe.command());
    try {
      looks.made(name, containers.create(fresh, labelled));
    } catch (BusyException e) {
      containers.find(fresh).ifPresent(this::removeOurs);
      looks.made(name, containers.create(fresh, labelled));
    }
  }

  /** Removes it by its id: it was not there, or not looked at, when the operation began. */
  private void removeOurs(EngineContainer there) {
    if (!ContainerSummary.of(there).hasIntent()) {
      throw Looks.foreign(there.name());
    }
    containers.remove(there.id());
  }

  /** Records an intent of a change in place; at every moment the former or the new one counts. */
  void record(String name, Intent intent) {
    looks.refuseForeign(name);
    String last = PlaceNames.intent(name);
    if (!looks.mark(name)) {
      make(last, name, intent);
    } else {
      String next = PlaceNames.nextIntent(name);
      make(next, name, intent);
      containers.remove(last);
      containers.rename(next, last);
    }
  }

  void forget(String name) {
    if (!looks.marked(name)) {
      return;
    }
    // The last one counts as long as it is there, so it goes last.
    List<String> names = List.of(PlaceNames.nextIntent(name), PlaceNames.intent(name));
    List<EngineContainer> there = containers.find(names);
    for (String marker : names) {
      there.stream()
          .filter(one -> one.name().equals(marker) && ContainerSummary.of(one).hasIntent())
          .forEach(one -> containers.remove(one.id()));
    }
  }

  private void make(String marker, String name, Intent intent) {
    String image = looks.require(name, Place.CURRENT).image();
    List<String> options = List.of("--network=none", label(intent));
    containers.create(marker, new Recipe(image, options, List.of(), List.of("true")));
  }

  private static String label(Intent intent) {
    return "--label=" + Labels.INTENT + "=" + Labels.encode(intent.text());
  }
}
