package io.overc.docker.service;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.Images;
import io.overc.docker.engine.Labels;
import io.overc.docker.engine.Owner;
import io.overc.docker.engine.PackImage;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.servicepack.ImageTag;
import java.util.ArrayList;
import java.util.List;

/** Makes the containers of a service, and the network where there are several. */
record ServiceMaker(Images images, Leftovers leftovers, Services.Settings settings) {

  PackImage instance(ImageTag image) {
    PackImage found =
        images
            .find(image.toString())
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "There is no image " + image, Remedy.other("set an instance up first")));
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
    String network = settings.network();
    if (!instance.components().isEmpty()) {
      operation.step("make the network");
      network = createNetwork(service, owner);
    }
    operation.step("make the containers");
    for (String component : ServiceName.parts(instance.components())) {
      createContainer(image, instance, service, component, owner, network);
    }
  }

  /**
   * Returns its name, which is no other operation's: the engine lets two that are made at the same
   * moment have one name, and neither can be used then. The containers decide who gets the service.
   */
  private String createNetwork(ServiceName service, Owner owner) {
    String name = service.name() + "-" + owner.suffix();
    String attempt = "make the network of the service " + service.name();
    images
        .docker()
        .requireChange(
            "create network",
            attempt,
            "network",
            "create",
            "--label",
            Labels.SERVICE + "=" + service.name(),
            "--label",
            Labels.OWNER + "=" + owner.label(),
            name);
    return name;
  }

  private void createContainer(
      ImageTag image,
      PackImage instance,
      ServiceName service,
      String component,
      Owner owner,
      String network) {
    String name = service.container(component);
    List<String> options = new ArrayList<>(List.of("--init"));
    options.addAll(List.of("--restart", settings.restart(), "--hostname", hostname(name)));
    options.addAll(List.of("--label", Labels.SERVICE + "=" + service.name()));
    options.addAll(List.of("--label", Labels.IMAGE + "=" + image));
    options.addAll(List.of("--label", Labels.COMPONENT + "=" + component));
    options.addAll(List.of("--label", Labels.OWNER + "=" + owner.label()));
    options.addAll(List.of("--network", network));
    if (!component.isEmpty()) {
      options.addAll(List.of("--network-alias", component));
    }
    RunProgram run = new RunProgram(service, component, instance.components(), hostname(name));
    options.addAll(run.options(instance.environment()));
    options.addAll(settings.options());
    CommandBuilder create =
        images
            .docker()
            .create(name, options)
            .arguments(run.program(image.toString(), instance.environment()));
    CommandResult result = images.docker().change("create container", create);
    if (Docker.taken(result)) {
      throw new RefusedException(
          RefusedException.Guard.EXISTS,
          "There is a container '" + name + "' already",
          Remedy.other("choose another name for the service, or remove that container first"));
    }
    result.orThrow("make the container " + name);
  }

  private static String hostname(String container) {
    String name = container.replaceAll("[^A-Za-z0-9-]", "-");
    return name.substring(0, Math.min(63, name.length())).replaceAll("-+$", "");
  }
}
