package io.overc.docker.service;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.Images;
import io.overc.docker.engine.Labels;
import io.overc.docker.engine.Owner;
import io.overc.exec.CommandResult;
import io.overc.spi.SideEffects;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Removes what operations left behind whose process is gone. */
public final class Leftovers {
  private final Docker docker;
  private final SideEffects effects;
  private final Images images;
  private final ServiceListing listing;

  /**
   * Makes no call yet.
   *
   * @param docker calls the engine
   * @param effects the fault-injection point
   * @param images finds and removes images
   * @param listing reads what there is
   */
  public Leftovers(Docker docker, SideEffects effects, Images images, ServiceListing listing) {
    this.docker = docker;
    this.effects = effects;
    this.images = images;
    this.listing = listing;
  }

  /**
   * Removes everything.
   *
   * @return what it was, one entry for each thing
   */
  public List<String> removeAll() {
    List<ServiceContainer> containers = listing.containers();
    List<String> removed = new ArrayList<>(removeFrom(containers));
    for (Network network : networks("label=" + Labels.SERVICE)) {
      boolean alone = containers.stream().noneMatch(c -> c.service().equals(network.service()));
      if (alone && Owner.ended(network.owner())) {
        removeNetwork(network.name());
        removed.add("network " + network.name());
      }
    }
    for (String id : images.unnamedBases()) {
      if (images.remove(id)) {
        removed.add("image " + id);
      }
    }
    return List.copyOf(removed);
  }

  /** Removes what is left over among containers that are known already; returns what it was. */
  List<String> removeFrom(List<ServiceContainer> containers) {
    Set<String> unfinished = unfinished(containers);
    List<String> removed = new ArrayList<>();
    for (ServiceContainer container : containers) {
      if (container.leftoverOfBuild() || unfinished.contains(container.service())) {
        removeContainer(container);
        removed.add("container " + container.name());
      }
    }
    for (String service : unfinished) {
      for (Network network : networks("label=" + Labels.SERVICE + "=" + service)) {
        removeNetwork(network.name());
        removed.add("network " + network.name());
      }
    }
    return removed;
  }

  /** Returns the services whose creation was interrupted: a container of them was never started. */
  static Set<String> unfinished(List<ServiceContainer> containers) {
    return containers.stream()
        .filter(container -> !container.work() && !container.service().isEmpty())
        .filter(ServiceContainer::neverStarted)
        .map(ServiceContainer::service)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Removes what is left of one service whose creation was interrupted, if that is so. */
  void removeUnfinished(ServiceName service) {
    List<ServiceContainer> containers = listing.containers(service);
    if (!containers.isEmpty()) {
      removeFrom(containers);
      return;
    }
    for (Network network : networks("label=" + Labels.SERVICE + "=" + service.name())) {
      if (Owner.ended(network.owner())) {
        removeNetwork(network.name());
      }
    }
  }

  /** Removes what one operation made of a service. */
  void removeMadeBy(Owner owner, ServiceName service) {
    for (ServiceContainer container : listing.containers(service)) {
      if (container.owner().equals(owner.label())) {
        removeContainer(container);
      }
    }
    for (Network network : networks("label=" + Labels.SERVICE + "=" + service.name())) {
      if (network.owner().equals(owner.label())) {
        removeNetwork(network.name());
      }
    }
  }

  /** Removes it by its id: by now somebody else may have made another one of the name. */
  void removeContainer(ServiceContainer container) {
    effects.run(
        "remove container",
        () -> {
          CommandResult result = docker.run("rm", "--force", "--volumes", container.id());
          if (!Docker.missing(result)) {
            result.orThrow("remove the container " + container.name());
          }
        });
  }

  /** Removes the network of a service, if it has one; tells whether it had. */
  boolean removeNetworkOf(ServiceName service) {
    List<Network> networks = networks("label=" + Labels.SERVICE + "=" + service.name());
    networks.forEach(network -> removeNetwork(network.name()));
    return !networks.isEmpty();
  }

  private void removeNetwork(String name) {
    effects.run(
        "remove network",
        () -> {
          CommandResult result = docker.run("network", "rm", name);
          if (!Docker.missing(result)) {
            result.orThrow("remove the network " + name);
          }
        });
  }

  private List<Network> networks(String filter) {
    List<String> names =
        docker
            .must("list networks", "network", "ls", "--filter", filter, "--format", "{{.Name}}")
            .lines()
            .filter(name -> !name.isBlank())
            .toList();
    if (names.isEmpty()) {
      return List.of();
    }
    String format =
        "{{.Name}}\t"
            + Labels.printOf("", Labels.SERVICE)
            + "\t"
            + Labels.printOf("", Labels.OWNER);
    List<String> call = new ArrayList<>(List.of("network", "inspect", "--format", format));
    call.addAll(names);
    // One that was removed since makes the call fail, but the others are printed all the same.
    return docker
        .run(docker.call(call).build())
        .lines()
        .map(line -> line.split("\t", -1))
        .filter(fields -> fields.length == 3)
        .map(fields -> new Network(fields[0], fields[1], fields[2]))
        .toList();
  }

  /** A network of a service. */
  private record Network(String name, String service, String owner) {}
}
