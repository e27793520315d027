package io.overc.docker;

import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.exec.CommandResult;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.PackVariable;
import io.overc.servicepack.ServiceEnvironment;
import io.overc.spi.Mutations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the containers of a service, and the network where there are several. */
final class ServiceMaker {
  private final Docker docker;
  private final Mutations mutations;
  private final Images images;
  private final Leftovers leftovers;
  private final Settings settings;

  ServiceMaker(
      Docker docker, Mutations mutations, Images images, Leftovers leftovers, Settings settings) {
    this.docker = docker;
    this.mutations = mutations;
    this.images = images;
    this.leftovers = leftovers;
    this.settings = settings;
  }

  /**
   * Says how containers of services are made.
   *
   * @param network the network of a service without components
   * @param restart the restart policy
   * @param options more options of {@code docker create}
   */
  record Settings(String network, String restart, List<String> options) {}

  PackImage instance(ImageTag image) {
    PackImage found =
        images
            .find(image.toString())
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "There is no image " + image + ": make it first with 'setup'"));
    if (!found.instance()) {
      throw new RefusedException(
          "The image %s is %s, not an instance: set one up"
              .formatted(image, found.base() ? "a base" : "none of a service pack"));
    }
    return found;
  }

  /** Makes everything, starts nothing. */
  void create(
      ImageTag image, PackImage instance, ServiceName service, Owner owner, Operation operation) {
    leftovers.removeUnfinished(service);
    boolean several = !instance.components().isEmpty();
    if (several) {
      operation.step("make the network");
      createNetwork(service, owner);
    }
    operation.step("make the containers");
    for (String component : ServiceName.parts(instance.components())) {
      createContainer(image, instance, service, component, owner);
    }
  }

  private void createNetwork(ServiceName service, Owner owner) {
    mutations.run(
        "create network",
        () -> {
          CommandResult result =
              docker.run(
                  "network",
                  "create",
                  "--label",
                  Labels.SERVICE + "=" + service.name(),
                  "--label",
                  Labels.OWNER + "=" + owner.label(),
                  service.name());
          if (Docker.taken(result)) {
            throw new RefusedException(
                "There is a network '%s' already: choose another name for the service, or remove it with 'docker network rm %s'"
                    .formatted(service.name(), service.name()));
          }
          result.orThrow("make the network of the service " + service.name());
        });
  }

  private void createContainer(
      ImageTag image, PackImage instance, ServiceName service, String component, Owner owner) {
    String name = service.container(component);
    List<String> call = new ArrayList<>(List.of("create", "--name", name, "--init"));
    call.addAll(List.of("--restart", settings.restart(), "--hostname", hostname(name)));
    call.addAll(List.of("--label", Labels.SERVICE + "=" + service.name()));
    call.addAll(List.of("--label", Labels.IMAGE + "=" + image));
    call.addAll(List.of("--label", Labels.COMPONENT + "=" + component));
    call.addAll(List.of("--label", Labels.OWNER + "=" + owner.label()));
    call.addAll(List.of("--network", component.isEmpty() ? settings.network() : service.name()));
    if (!component.isEmpty()) {
      call.addAll(List.of("--network-alias", component));
    }
    fixedVariables(instance, service).forEach(line -> call.addAll(List.of("--env", line)));
    call.addAll(settings.options());
    call.add(image.toString());
    if (!component.isEmpty()) {
      call.add(component);
    }
    mutations.run(
        "create container",
        () -> {
          CommandResult result = docker.run(docker.call(call).build());
          if (Docker.taken(result)) {
            throw new RefusedException(
                "There is a container '%s' already: choose another name for the service, or remove that container first"
                    .formatted(name));
          }
          result.orThrow("make the container " + name);
        });
  }

  /** An address is not known before the start, so what holds one cannot be given to bin/run. */
  private static List<String> fixedVariables(PackImage instance, ServiceName service) {
    return instance.environment().stream()
        .map(variable -> fixed(variable, service))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> fixed(PackVariable variable, ServiceName service) {
    ServiceEnvironment resolved =
        ServiceEnvironment.resolve(
            List.of(variable), key -> ServiceListing.value(key, service.name(), List.of()));
    boolean address = resolved.unknownKeys().stream().anyMatch(key -> key.startsWith("%IP"));
    return address ? Optional.empty() : Optional.of(resolved.lines().get(0));
  }

  private static String hostname(String container) {
    String name = container.replaceAll("[^A-Za-z0-9-]", "-");
    return name.substring(0, Math.min(63, name.length())).replaceAll("-+$", "");
  }
}
