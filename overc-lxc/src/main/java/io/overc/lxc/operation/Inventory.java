package io.overc.lxc.operation;

import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.FreshContainer;
import io.overc.lxc.container.Journal;
import io.overc.lxc.container.LxcCommands;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.disk.Disk;
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
public record Inventory(LxcPath path, LxcCommands commands) {
  BackendContainer find(String name) {
    BackendContainer.Builder found = BackendContainer.builder(name);
    Path container = path.container(name);
    if (Files.isRegularFile(container.resolve("config"))) {
      found.at(Place.CURRENT, state(container, commands.runs(name)));
    }
    Journal.read(path.journal(name)).ifPresent(intent -> findAside(name, found.intent(intent)));
    return found.build();
  }

  private void findAside(String name, BackendContainer.Builder found) {
    for (Place place : List.of(Place.FRESH, Place.OLD)) {
      Path directory = path.at(name, place);
      if (Disk.exists(directory)) {
        found.at(place, state(directory, false));
      }
    }
  }

  private static Instance state(Path directory, boolean runs) {
    Instance one = instance(runs);
    if (!runs && Disk.exists(directory.resolve(FreshContainer.NEVER_STARTED))) {
      one = one.neverStarted();
    }
    return described(directory, one).orElse(one);
  }

  List<BackendContainer> list() {
    Set<String> running = commands.running().names();
    Set<String> journals = Disk.names(path.journals());
    List<BackendContainer> all = new ArrayList<>();
    for (String name : path.candidates()) {
      Instance one = instance(running.contains(name));
      Place place = Place.CURRENT;
      Optional<Instance> found = described(path.root().resolve(name), one);
      if (found.isEmpty() && path.present(name)) {
        place = Place.OLD;
        found = described(path.old(name), one);
      }
      if (found.isPresent()) {
        all.add(listed(name, place, found.get(), journals));
      }
    }
    return all;
  }

  private BackendContainer listed(
      String name, Place place, Instance instance, Set<String> journals) {
    BackendContainer.Builder found = BackendContainer.builder(name).at(place, instance);
    try {
      if (journals.contains(name)) {
        Journal.read(path.journal(name)).ifPresent(found::intent);
      }
    } catch (OvercException e) {
      found.at(place, instance.withProblem(String.valueOf(e.getMessage())));
    }
    return found.build();
  }

  private static Instance instance(boolean runs) {
    return Instance.of(runs ? Instance.State.RUNNING : Instance.State.STOPPED);
  }

  /** Reads the config of a container; empty if there is none. */
  private static Optional<Instance> described(Path directory, Instance one) {
    Path config = directory.resolve("config");
    try {
      return Disk.readLossless(config)
          .map(text -> ContainerConfig.parse(text).template().map(one::withTemplate).orElse(one));
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      return Files.isRegularFile(config)
          ? Optional.of(one.withProblem(String.valueOf(e.getMessage())))
          : Optional.empty();
    }
  }
}
