package io.overc.docker.service;

import io.overc.docker.build.PackBuilder;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.Images;
import io.overc.docker.engine.Owner;
import io.overc.docker.engine.PackImage;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandResult;
import io.overc.internal.time.Cancellation;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.BuildResult;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.PackScript;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServicePackRunner;
import io.overc.servicepack.ServiceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Builds service packs, runs, starts, stops, removes and lists services, and runs their scripts.
 */
public final class Services implements ServicePackRunner {
  private final Function<Path, ServicePack> packs;
  private final PackBuilder builder;
  private final EngineContainers containers;
  private final ServiceListing listing;
  private final Leftovers leftovers;
  private final ServiceMaker maker;
  private final Readiness readiness;
  private final ServiceScripts scripts;

  /**
   * How containers of services are made.
   *
   * @param network the network of a service without components
   * @param restart the restart policy
   * @param options more options of {@code docker create}
   */
  public record Settings(String network, String restart, List<String> options) {}

  public Services(
      Function<Path, ServicePack> packs,
      PackBuilder builder,
      EngineContainers containers,
      Images images,
      Duration settle,
      Settings settings,
      Duration scriptTimeout) {
    this.packs = packs;
    this.builder = builder;
    this.containers = containers;
    this.listing = new ServiceListing(containers.docker());
    this.leftovers = new Leftovers(containers, images, listing);
    this.maker = new ServiceMaker(images, leftovers, settings);
    this.readiness = new Readiness(containers, listing, settle);
    this.scripts = new ServiceScripts(containers, listing, scriptTimeout);
  }

  @Override
  public ServicePack open(Path directory) {
    return packs.apply(directory);
  }

  @Override
  public BuildResult build(
      ServicePack pack,
      ImageTag image,
      BuildPhase phase,
      BuildOptions options,
      OperationOptions call) {
    return builder.build(pack, image, phase, options, call);
  }

  @Override
  public BuildResult setup(
      ServicePack pack,
      ImageTag base,
      ImageTag image,
      BuildOptions options,
      OperationOptions call) {
    return builder.setup(pack, base, image, options, call);
  }

  @Override
  public ServiceStatus run(ImageTag image, String name, OperationOptions call) {
    ServiceName service = ServiceName.whole(name);
    PackImage instance = maker.instance(image);
    return Operation.run(
        call,
        OperationKind.SERVICE_RUN,
        name,
        operation -> {
          try (Owner owner = Owner.begin()) {
            return runAs(owner, image, instance, service, operation);
          }
        });
  }

  @Override
  public ServiceStatus start(String name, OperationOptions call) {
    ServiceName service = ServiceName.whole(name);
    List<ServiceContainer> before = listing.require(service);
    return Operation.run(
        call,
        OperationKind.SERVICE_START,
        name,
        operation -> {
          try {
            return started(service, before, operation);
          } catch (InterruptedOperationException e) {
            EngineContainers.undo(e, () -> stopAgain(before));
            throw e;
          }
        });
  }

  @Override
  public void stop(String name, OperationOptions call) {
    List<ServiceContainer> before = listing.require(ServiceName.whole(name));
    Operation.run(
        call,
        OperationKind.SERVICE_STOP,
        name,
        operation -> {
          stop(before, operation);
          operation.result(name + " is stopped");
          return name;
        });
  }

  @Override
  public void remove(String name, OperationOptions call) {
    ServiceName service = ServiceName.whole(name);
    List<ServiceContainer> before = listing.containers(service);
    Operation.run(
        call,
        OperationKind.SERVICE_REMOVE,
        name,
        operation -> {
          stop(before, operation);
          operation.step("remove the containers");
          // From here on half of it would be of no use: it is finished.
          boolean network =
              Cancellation.shielded(
                  () -> {
                    reversed(before).forEach(leftovers::remove);
                    operation.step("remove the network");
                    return leftovers.removeNetworkOf(service);
                  });
          if (!network && before.isEmpty()) {
            throw ServiceListing.absent(service);
          }
          operation.result(name + " is removed");
          return name;
        });
  }

  /** Removes first what interrupted operations left. */
  @Override
  public List<ServiceStatus> list() {
    List<ServiceContainer> all = listing.containers();
    return leftovers.removeFrom(all).isEmpty()
        ? ServiceListing.services(all)
        : ServiceListing.services(listing.containers());
  }

  @Override
  public ServiceStatus status(String name) {
    return ServiceListing.status(listing.require(ServiceName.whole(name)));
  }

  @Override
  public CommandResult client(String target, List<String> arguments) {
    return scripts.run(PackScript.CLIENT, target, arguments);
  }

  @Override
  public int openClient(String target, List<String> arguments) {
    return scripts.open(PackScript.CLIENT, target, arguments);
  }

  @Override
  public int openShell(String target) {
    return scripts.openShell(target);
  }

  @Override
  public void backup(String target, Path file, OperationOptions call) {
    scripts.backup(target, file, call);
  }

  @Override
  public CommandResult extra(String target, List<String> arguments) {
    return scripts.run(PackScript.EXTRA, target, arguments);
  }

  @Override
  public List<String> logs(String target, int lines) {
    return scripts.logs(target, lines);
  }

  @Override
  public List<String> recover() {
    return leftovers.removeAll();
  }

  /** A service that does not become ready is removed: what this operation made, nothing else. */
  private ServiceStatus runAs(
      Owner owner, ImageTag image, PackImage instance, ServiceName service, Operation operation) {
    try {
      maker.create(image, instance, service, owner, operation);
      return started(service, listing.require(service), operation);
    } catch (OvercException e) {
      EngineContainers.undo(e, () -> leftovers.removeMadeBy(owner, service));
      throw e;
    }
  }

  private ServiceStatus started(
      ServiceName service, List<ServiceContainer> before, Operation operation) {
    operation.step("start the containers");
    for (ServiceContainer container : before) {
      if (!container.engine().running()) {
        try {
          containers.start(container.name());
        } catch (CommandFailedException e) {
          throw readiness.failed(container, String.valueOf(e.getMessage()), e);
        }
      }
    }
    operation.step("see whether they keep running");
    List<ServiceContainer> now = readiness.await(service, before);
    operation.result(service.name() + " is running");
    return ServiceListing.status(now);
  }

  private void stop(List<ServiceContainer> before, Operation operation) {
    try {
      for (ServiceContainer container : reversed(before)) {
        operation.step("stop " + container.name());
        containers.stop(container.name());
      }
    } catch (InterruptedOperationException e) {
      EngineContainers.undo(
          e,
          () ->
              before.stream()
                  .filter(container -> container.engine().active())
                  .forEach(container -> containers.start(container.name())));
      throw e;
    }
  }

  /** Stops those that did not run before. */
  private void stopAgain(List<ServiceContainer> before) {
    reversed(before).stream()
        .filter(container -> !container.engine().active())
        .forEach(container -> containers.stop(container.name()));
  }

  private static List<ServiceContainer> reversed(List<ServiceContainer> containers) {
    List<ServiceContainer> reversed = new ArrayList<>(containers);
    Collections.reverse(reversed);
    return reversed;
  }
}
