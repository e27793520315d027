package io.overc.docker.build;

import io.overc.docker.engine.Digest;
import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.Labels;
import io.overc.docker.engine.Owner;
import io.overc.docker.engine.PackImage;
import io.overc.error.BusyException;
import io.overc.error.OvercException;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.internal.time.Cancellation;
import io.overc.servicepack.ImageTag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a container in which a script works. Its name comes from what is made in it, so the engine
 * itself sees to it that nobody else makes the same; closing removes it.
 */
final class WorkContainer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkContainer.class);

  /** How often a name may be taken by others in turn until they count as busy. */
  private static final int ATTEMPTS = 5;

  private final Docker docker;
  private final String name;
  private final Owner owner;

  /** What there is to be removed: by its id, for anybody may take the name. */
  private String created = "";

  private WorkContainer(Docker docker, String name, Owner owner) {
    this.docker = docker;
    this.name = name;
    this.owner = owner;
  }

  /** Makes a container of an image, not yet started. */
  static WorkContainer create(Docker docker, String subject, String image, List<String> options) {
    Owner owner = Owner.begin();
    String name = Labels.WORK_NAME + Digest.of(subject).substring(0, 16);
    WorkContainer container = new WorkContainer(docker, name, owner);
    try {
      container.create(subject, image, options);
      return container;
    } catch (RuntimeException | Error e) {
      container.created = container.made();
      container.close();
      throw e;
    }
  }

  /** Looks whether the engine made it although the call failed. */
  private String made() {
    return Cancellation.shielded(() -> docker.inspect("container", name))
        .map(EngineContainer::new)
        .filter(found -> found.labels().text(Labels.WORK).equals(owner.label()))
        .map(EngineContainer::id)
        .orElse("");
  }

  void copy(String from, String to) {
    docker
        .effects()
        .run(
            "copy into work container",
            () ->
                docker.require("copy " + from + " into a container", "cp", from, name + ":" + to));
  }

  void start() {
    docker.requireChange("start work container", "start a container to build in", "start", name);
  }

  /**
   * Runs a program in the container. Variables reach it by name only: the values are in the
   * environment of the docker command, and nowhere else. A program that is cancelled ends with the
   * container.
   */
  CommandResult exec(CommandBuilder call, Collection<String> variables, List<String> program) {
    call.arguments("exec", "--user", "0", "--workdir", "/service");
    variables.forEach(variable -> call.arguments("--env", variable));
    return docker.run(call.arguments(name).arguments(program).build());
  }

  /**
   * Makes an image of the container: the one moment from which on there is one. It is too late to
   * cancel then.
   */
  String commit(ImageTag image, List<String> changes) {
    // A label cannot be taken off an image, only emptied.
    CommandBuilder call = docker.call("commit", "--change", "LABEL " + Labels.WORK + "=");
    changes.forEach(change -> call.arguments("--change", change));
    call.arguments(name, image.toString());
    Cancellation.check("about to make the image " + image);
    CommandResult result = Cancellation.shielded(() -> docker.change("commit image", call));
    return PackImage.id(result.orThrow("make the image " + image).stdout().strip());
  }

  /** Removes the container; one that cannot be removed now is removed by whoever meets it next. */
  @Override
  public void close() {
    try {
      if (!created.isEmpty()) {
        Cancellation.shielded(
            () ->
                docker
                    .change(
                        "remove work container", docker.call("rm", "--force", "--volumes", created))
                    .orThrow("remove a container"));
      }
    } catch (OvercException e) {
      LOG.warn("The container {} stays until the next operation: {}", name, e.getMessage());
    } finally {
      owner.close();
    }
  }

  private void create(String subject, String image, List<String> options) {
    CommandResult result = create(image, options);
    for (int i = 0; i < ATTEMPTS && Docker.taken(result); i++) {
      removeLeftover(subject);
      result = create(image, options);
    }
    if (Docker.taken(result)) {
      throw busy(subject);
    }
    result.orThrow("make a container for " + subject);
    Cancellation.check("making a container for " + subject);
  }

  private CommandResult create(String image, List<String> options) {
    List<String> all = new ArrayList<>();
    all.add("--init"); // As PID 1 sleep would ignore SIGTERM.
    all.addAll(List.of("--label", Labels.MARK + "=0"));
    all.addAll(List.of("--label", Labels.WORK + "=" + owner.label()));
    all.addAll(options);
    CommandBuilder call =
        docker.create(name, all).arguments("--entrypoint", "sleep", image, "2147483647");
    CommandResult result =
        Cancellation.shielded(() -> docker.change("create work container", call));
    created = result.succeeded() ? result.stdout().strip() : "";
    return result;
  }

  /** Removes it by its id: by now somebody else may have made another one of the name. */
  private void removeLeftover(String subject) {
    Optional<EngineContainer> found = docker.inspect("container", name).map(EngineContainer::new);
    if (found.isEmpty()) {
      return;
    }
    EngineContainer other = found.get();
    if (!Owner.leftover(other.state(), other.labels().text(Labels.WORK))) {
      throw busy(subject);
    }
    docker.run("rm", "--force", "--volumes", other.id());
  }

  private BusyException busy(String subject) {
    return new BusyException(
        subject, "container " + name + "; if its owner is gone, 'docker rm -f " + name + "'");
  }
}
