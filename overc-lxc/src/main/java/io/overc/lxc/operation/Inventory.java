package io.overc.lxc.operation;

import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.FreshContainer;
import io.overc.lxc.container.Journal;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.instance.LxcCommands;
import io.overc.spi.BackendContainer;
import io.overc.spi.Instance;
import io.overc.spi.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells what there is and what runs, from files only. */
final class Inventory {
  private final LxcPath path;
  private final LxcCommands commands;

  Inventory(LxcPath path, LxcCommands commands) {
    this.path = path;
    this.commands = commands;
  }

  BackendContainer find(String name) {
    Path container = path.container(name);
    BackendContainer.Builder found = BackendContainer.builder(name);
    if (Files.isRegularFile(container.resolve("config"))) {
      found.at(Place.CURRENT, describe(container, commands.runs(name)));
    }
    Journal.read(path.journal(name)).ifPresent(intent -> findAside(name, found.intent(intent)));
    return found.build();
  }

  private void findAside(String name, BackendContainer.Builder found) {
    for (Place place : List.of(Place.FRESH, Place.OLD)) {
      if (Disk.exists(path.at(name, place))) {
        found.at(place, describe(path.at(name, place), false));
      }
    }
  }

  List<BackendContainer> list() {
    Set<String> running = commands.running();
    // Looked up once: a file that is missing costs an exception, for each of many containers.
    List<Path> journals = Disk.list(path.journals());
    List<BackendContainer> all = new ArrayList<>();
    for (String name : path.names()) {
      BackendContainer.Builder found = BackendContainer.builder(name);
      Path container = path.standing(name);
      Instance standing = described(container, state(running.contains(name)));
      try {
        if (journals.contains(path.journal(name))) {
          Journal.read(path.journal(name)).ifPresent(found::intent);
        }
      } catch (OvercException e) {
        standing = standing.withProblem(String.valueOf(e.getMessage()));
      }
      Place place = container.equals(path.container(name)) ? Place.CURRENT : Place.OLD;
      all.add(found.at(place, standing).build());
    }
    return all;
  }

  private static Instance describe(Path directory, boolean runs) {
    Instance one = state(runs);
    if (!runs && Disk.exists(directory.resolve(FreshContainer.NEVER_STARTED))) {
      one = one.neverStarted();
    }
    return described(directory, one);
  }

  private static Instance state(boolean runs) {
    return Instance.of(runs ? Instance.State.RUNNING : Instance.State.STOPPED);
  }

  private static Instance described(Path directory, Instance one) {
    try {
      Optional<String> template =
          Disk.readLossless(directory.resolve("config"))
              .map(ContainerConfig::parse)
              .flatMap(ContainerConfig::template);
      return template.isPresent() ? one.withTemplate(template.get()) : one;
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      return one.withProblem(String.valueOf(e.getMessage()));
    }
  }
}
