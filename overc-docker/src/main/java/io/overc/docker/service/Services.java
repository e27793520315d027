package io.overc.docker.service;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.Owner;
import io.overc.docker.engine.PackImage;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandFailedException;
import io.overc.internal.time.Poll;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.ServiceStatus;
import io.overc.spi.SideEffects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs, starts, stops, removes and lists services. */
public final class Services {
  private static final int LOG_LINES = 20;

  private final Docker docker;
  private final SideEffects effects;
  private final ServiceListing listing;
  private final ServiceMaker maker;
  private final Leftovers leftovers;
  private final Duration settle;
  private final Duration stopTimeout;

  /**
   * Makes no call yet.
   *
   * @param docker calls the engine
   * @param effects the fault-injection point
   * @param listing reads how services are
   * @param maker makes their containers
   * @param leftovers removes them
   * @param settle how long what was started must keep running
   * @param stopTimeout how long a container has to end before it is killed
   */
  public Services(
      Docker docker,
      SideEffects effects,
      ServiceListing listing,
      ServiceMaker maker,
      Leftovers leftovers,
      Duration settle,
      Duration stopTimeout) {
    this.docker = docker;
    this.effects = effects;
    this.listing = listing;
    this.maker = maker;
    this.leftovers = leftovers;
    this.settle = settle;
    this.stopTimeout = stopTimeout;
  }

  /**
   * Makes a service and starts it; removes it again if it does not come up.
   *
   * @param image the instance
   * @param service the new service
   * @param call who listens, and how long it may take
   * @return how it is
   */
  public ServiceStatus run(ImageTag image, ServiceName service, OperationOptions call) {
    PackImage instance = maker.instance(image);
    return reported(
        Operation.start(call.listener(), "service run", service.name(), 4),
        operation -> {
          try (Owner owner = Owner.begin()) {
            return runAs(owner, image, instance, service, operation);
          }
        });
  }

  /**
   * Starts what of a service does not run.
   *
   * @param service the service
   * @param call who listens, and how long it may take
   * @return how it is
   */
  public ServiceStatus start(ServiceName service, OperationOptions call) {
    listing.existing(service);
    return reported(
        Operation.start(call.listener(), "service start", service.name(), 2),
        operation -> started(service, operation));
  }

  /**
   * Stops a service, the last component first.
   *
   * @param service the service
   * @param call who listens, and how long it may take
   */
  public void stop(ServiceName service, OperationOptions call) {
    List<ServiceContainer> containers = listing.existing(service);
    try (Operation operation =
        Operation.start(call.listener(), "service stop", service.name(), containers.size())) {
      stop(containers, operation);
      operation.succeeded(service.name() + " is stopped");
    }
  }

  /**
   * Stops a service and removes its containers and its network.
   *
   * @param service the service
   * @param call who listens, and how long it may take
   */
  public void remove(ServiceName service, OperationOptions call) {
    List<ServiceContainer> containers = listing.containers(service);
    try (Operation operation =
        Operation.start(call.listener(), "service remove", service.name(), containers.size() + 2)) {
      stop(containers, operation);
      operation.step("remove the containers");
      reversed(containers).forEach(leftovers::removeContainer);
      operation.step("remove the network");
      if (!leftovers.removeNetworkOf(service) && containers.isEmpty()) {
        throw new NotFoundException(
            "There is no service '" + service.name() + "'; list those there are");
      }
      operation.succeeded(service.name() + " is removed");
    }
  }

  /**
   * Lists all services; removes first what interrupted operations left.
   *
   * @return how each is, by name
   */
  public List<ServiceStatus> list() {
    List<ServiceContainer> containers = listing.containers();
    return leftovers.removeFrom(containers).isEmpty()
        ? ServiceListing.services(containers)
        : ServiceListing.services(listing.containers());
  }

  /**
   * Returns how a service is.
   *
   * @param service the service
   * @return how it is
   */
  public ServiceStatus status(ServiceName service) {
    return ServiceListing.status(listing.existing(service));
  }

  private ServiceStatus started(ServiceName service, Operation operation) {
    operation.step("start the containers");
    List<ServiceContainer> containers = listing.existing(service);
    for (ServiceContainer container : containers) {
      if (!container.running()) {
        start(container);
      }
    }
    operation.step("see whether they keep running");
    Poll.pause(settle, "services that start");
    List<ServiceContainer> now = listing.existing(service);
    for (ServiceContainer container : now) {
      int before =
          containers.stream()
              .filter(c -> c.name().equals(container.name()))
              .mapToInt(ServiceContainer::restarts)
              .sum();
      if (!container.running() || container.restarts() > before) {
        throw failed(container, "it ended with exit code " + container.exitCode(), null);
      }
    }
    return ServiceListing.status(now);
  }

  private void start(ServiceContainer container) {
    try {
      effects.run(
          "start container",
          () -> docker.must("start the container " + container.name(), "start", container.name()));
    } catch (CommandFailedException e) {
      throw failed(container, String.valueOf(e.getMessage()), e);
    }
  }

  private OvercException failed(
      ServiceContainer container, String why, @Nullable CommandFailedException cause) {
    String what =
        container.component().isEmpty()
            ? "The service '" + container.service() + "'"
            : "The component '%s' of the service '%s'"
                .formatted(container.component(), container.service());
    List<String> log = docker.log(container.name(), LOG_LINES);
    String end =
        log.isEmpty() ? "it printed nothing" : "the end of its log: " + String.join("\n", log);
    return new OvercException(what + " did not keep running: " + why + "; " + end, cause);
  }

  private void stop(List<ServiceContainer> containers, Operation operation) {
    for (ServiceContainer container : reversed(containers)) {
      operation.step("stop " + container.name());
      effects.run(
          "stop container",
          () ->
              docker.must(
                  "stop the container " + container.name(),
                  docker
                      .call(
                          "stop",
                          "--time",
                          String.valueOf(stopTimeout.toSeconds()),
                          container.name())
                      .timeout(docker.timeout().plus(stopTimeout))
                      .build()));
    }
  }

  /** A service that does not come up is removed: what this operation made, and nothing else. */
  private ServiceStatus runAs(
      Owner owner, ImageTag image, PackImage instance, ServiceName service, Operation operation) {
    try {
      maker.create(image, instance, service, owner, operation);
      return started(service, operation);
    } catch (RuntimeException e) {
      try {
        leftovers.removeMadeBy(owner, service);
      } catch (OvercException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private static ServiceStatus reported(
      Operation operation, Function<Operation, ServiceStatus> work) {
    try (operation) {
      ServiceStatus status = work.apply(operation);
      operation.succeeded(status.name() + " is running");
      return status;
    } catch (RuntimeException e) {
      operation.failed(e);
      throw e;
    }
  }

  private static List<ServiceContainer> reversed(List<ServiceContainer> containers) {
    List<ServiceContainer> reversed = new ArrayList<>(containers);
    Collections.reverse(reversed);
    return reversed;
  }
}
