package io.overc.docker.service;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.Labels;
import io.overc.error.NotFoundException;
import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.servicepack.ComponentStatus;
import io.overc.servicepack.ServiceEnvironment;
import io.overc.servicepack.ServiceState;
import io.overc.servicepack.ServiceStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads how the services are, with two calls however many there are. */
record ServiceListing(Docker docker) {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceListing.class);

  /** Returns every container of ours: of services, and of builds. */
  List<ServiceContainer> containers() {
    return containers("label=" + Labels.MARK);
  }

  /** Returns the containers of a service, in the order in which they are started. */
  List<ServiceContainer> containers(ServiceName service) {
    return ordered(containers("label=" + Labels.SERVICE + "=" + service.name()));
  }

  List<ServiceContainer> require(ServiceName service) {
    List<ServiceContainer> containers = containers(service);
    if (containers.isEmpty()) {
      throw absent(service);
    }
    return containers;
  }

  static NotFoundException absent(ServiceName service) {
    return new NotFoundException(
        "There is no service '" + service.name() + "'", Remedy.other("list those that exist"));
  }

  /** A service whose labels are damaged hides no other. */
  static List<ServiceStatus> services(List<ServiceContainer> containers) {
    Map<String, List<ServiceContainer>> byName = new TreeMap<>();
    for (ServiceContainer container : containers) {
      if (!container.service().isEmpty()) {
        byName.computeIfAbsent(container.service(), name -> new ArrayList<>()).add(container);
      }
    }
    List<ServiceStatus> services = new ArrayList<>();
    byName.forEach(
        (name, own) -> {
          try {
            services.add(status(ordered(own)));
          } catch (VerificationException e) {
            LOG.warn("The service {} is passed over: {}", name, e.getMessage());
          }
        });
    return List.copyOf(services);
  }

  static ServiceStatus status(List<ServiceContainer> containers) {
    ServiceContainer first = containers.get(0);
    return new ServiceStatus(
        first.service(),
        first.image(),
        first.pack().pack(),
        state(containers),
        containers.stream().map(ServiceContainer::status).toList(),
        first.pack().ports(),
        environment(containers));
  }

  static ServiceEnvironment environment(List<ServiceContainer> containers) {
    ServiceContainer first = containers.get(0);
    return ServiceEnvironment.resolve(
        first.pack().environment(), key -> value(key, first.service(), containers));
  }

  /** Returns the value of one key of a pack's variables, if it is known now. */
  static Optional<String> value(String key, String service, List<ServiceContainer> containers) {
    if (key.equals("%NAME")) {
      return Optional.of(service);
    }
    if (key.equals("%IP")) {
      return containers.stream().findFirst().flatMap(first -> first.engine().address());
    }
    return containers.stream()
        .filter(container -> key.equals("%IP{" + container.component() + "}"))
        .findFirst()
        .flatMap(first -> first.engine().address());
  }

  private static ServiceState state(List<ServiceContainer> containers) {
    int expected = Math.max(1, containers.get(0).pack().components().size());
    List<ComponentStatus> all = containers.stream().map(ServiceContainer::status).toList();
    if (all.size() < expected || all.stream().anyMatch(one -> one.state().equals("created"))) {
      return ServiceState.INCOMPLETE;
    }
    if (all.stream().allMatch(ComponentStatus::running)) {
      return ServiceState.RUNNING;
    }
    boolean some = all.stream().anyMatch(c -> c.running() || c.state().equals("restarting"));
    return some ? ServiceState.DEGRADED : ServiceState.STOPPED;
  }

  private List<ServiceContainer> containers(String filter) {
    List<String> ids =
        docker.lines("list containers", "ps", "--all", "--quiet", "--no-trunc", "--filter", filter);
    return docker.inspect("container", ids).stream()
        .map(json -> new ServiceContainer(new EngineContainer(json)))
        .filter(one -> one.work() || !one.service().isEmpty())
        .toList();
  }

  private static List<ServiceContainer> ordered(List<ServiceContainer> containers) {
    return containers.stream()
        .sorted(Comparator.comparingInt(c -> c.pack().components().indexOf(c.component())))
        .toList();
  }
}
