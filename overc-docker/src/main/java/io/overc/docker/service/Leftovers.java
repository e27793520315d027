package io.overc.docker.service;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.Images;
import io.overc.docker.engine.Labels;
import io.overc.docker.engine.Owner;
import io.overc.exec.CommandResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Removes what operations left behind whose process is gone. */
record Leftovers(EngineContainers containers, Images images, ServiceListing listing) {

  /** Removes everything; returns what it was, one entry for each thing. */
  List<String> removeAll() {
    List<ServiceContainer> all = listing.containers();
    List<String> removed = new ArrayList<>(removeFrom(all));
    for (Network network : networks("label=" + Labels.SERVICE)) {
      boolean alone = all.stream().noneMatch(c -> c.service().equals(network.service()));
      if (alone && Owner.ended(network.owner())) {
        removeNetwork(network);
        removed.add("network " + network.name());
      }
    }
    images.removeUnnamedBases().forEach(id -> removed.add("image " + id));
    return List.copyOf(removed);
  }

  /** Removes what is left over among containers that are known already; returns what it was. */
  List<String> removeFrom(List<ServiceContainer> all) {
    Set<String> unfinished = unfinished(all);
    List<String> removed = new ArrayList<>();
    for (ServiceContainer container : all) {
      if (container.leftoverOfBuild() || unfinished.contains(container.service())) {
        remove(container);
        removed.add("container " + container.name());
      }
    }
    for (String service : unfinished) {
      for (Network network : networks("label=" + Labels.SERVICE + "=" + service)) {
        removeNetwork(network);
        removed.add("network " + network.name());
      }
    }
    return removed;
  }

  /** Returns the services whose creation was interrupted: a container of them was never started. */
  private static Set<String> unfinished(List<ServiceContainer> all) {
    return all.stream()
        .filter(container -> !container.service().isEmpty() && container.neverStarted())
        .map(ServiceContainer::service)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Removes what is left of one service whose creation was interrupted, if that is so. */
  void removeUnfinished(ServiceName service) {
    List<ServiceContainer> own = listing.containers(service);
    if (!own.isEmpty()) {
      removeFrom(own);
      return;
    }
    networksOf(service).stream()
        .filter(network -> Owner.ended(network.owner()))
        .forEach(this::removeNetwork);
  }

  /** Removes what one operation made of a service. */
  void removeMadeBy(Owner owner, ServiceName service) {
    listing.containers(service).stream()
        .filter(container -> container.owner().equals(owner.label()))
        .forEach(this::remove);
    networksOf(service).stream()
        .filter(network -> network.owner().equals(owner.label()))
        .forEach(this::removeNetwork);
  }

  /** Removes it by its id: by now somebody else may have made another one of the name. */
  void remove(ServiceContainer container) {
    containers.remove(container.engine().id());
  }

  /** Removes the network of a service, if it has one; tells whether it had. */
  boolean removeNetworkOf(ServiceName service) {
    List<Network> networks = networksOf(service);
    networks.forEach(this::removeNetwork);
    return !networks.isEmpty();
  }

  private void removeNetwork(Network network) {
    Docker docker = containers.docker();
    CommandResult result =
        docker.change("remove network", docker.call("network", "rm", network.id()));
    if (!Docker.missing(result)) {
      result.orThrow("remove the network " + network.name());
    }
  }

  private List<Network> networksOf(ServiceName service) {
    return networks("label=" + Labels.SERVICE + "=" + service.name());
  }

  private List<Network> networks(String filter) {
    Docker docker = containers.docker();
    List<String> names =
        docker.lines("list networks", "network", "ls", "--filter", filter, "--format", "{{.Name}}");
    return docker.inspect("network", names).stream().map(Network::of).toList();
  }

  /** A network of a service. */
  private record Network(String id, String name, Labels labels) {
    /** Podman spells the names of fields in lower case. */
    static Network of(JsonNode json) {
      String name = json.path("Name").asString(json.path("name").asString(""));
      JsonNode labels = json.has("Labels") ? json.path("Labels") : json.path("labels");
      String id = json.path("Id").asString(json.path("id").asString(""));
      return new Network(id, name, new Labels("the network " + name, labels));
    }

    String service() {
      return labels.text(Labels.SERVICE);
    }

    String owner() {
      return labels.text(Labels.OWNER);
    }
  }
}
