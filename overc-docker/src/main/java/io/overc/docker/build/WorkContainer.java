package io.overc.docker.build;

import io.overc.docker.engine.Digest;
import io.overc.docker.engine.Docker;
import io.overc.docker.engine.Labels;
import io.overc.docker.engine.Owner;
import io.overc.docker.engine.PackImage;
import io.overc.error.BusyException;
import io.overc.error.OvercException;
import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.servicepack.ImageTag;
import io.overc.spi.SideEffects;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
  private final SideEffects effects;
  private final String name;
  private final Owner owner;
  private boolean created;

  private WorkContainer(Docker docker, SideEffects effects, String name, Owner owner) {
    this.docker = docker;
    this.effects = effects;
    this.name = name;
    this.owner = owner;
  }

  /** Makes a container of an image, not yet started. */
  static WorkContainer create(
      Docker docker, SideEffects effects, String subject, String image, List<String> options) {
    Owner owner = Owner.begin();
    String name = "overc-work-" + Digest.of(subject).substring(0, 16);
    WorkContainer container = new WorkContainer(docker, effects, name, owner);
    try {
      container.create(subject, image, options);
      return container;
    } catch (RuntimeException | Error e) {
      container.close();
      throw e;
    }
  }

  void copy(String from, String to) {
    effects.run(
        "copy into work container",
        () -> docker.must("copy " + from + " into a container", "cp", from, name + ":" + to));
  }

  void start() {
    effects.run(
        "start work container", () -> docker.must("start a container to build in", "start", name));
  }

  /**
   * Runs a program in the container. Variables reach it by name only: the values are in the
   * environment of the docker command, and nowhere else.
   */
  CommandResult exec(CommandBuilder settings, Collection<String> variables, List<String> program) {
    settings.arguments("exec", "--user", "0", "--workdir", "/service");
    variables.forEach(variable -> settings.arguments("--env", variable));
    return docker.run(settings.arguments(name).arguments(program).build());
  }

  /** Makes an image of the container: the one moment from which on there is one. */
  String commit(ImageTag image, List<String> changes) {
    List<String> arguments = new ArrayList<>(List.of("commit"));
    arguments.addAll(List.of("--change", "LABEL " + Labels.WORK + "="));
    changes.forEach(change -> arguments.addAll(List.of("--change", change)));
    arguments.addAll(List.of(name, image.toString()));
    String[] id = {""};
    effects.run(
        "commit image",
        () ->
            id[0] =
                docker
                    .must("make the image " + image, docker.call(arguments).build())
                    .stdout()
                    .strip());
    return PackImage.id(id[0]);
  }

  /** Removes the container; one that cannot be removed now is removed by whoever meets it next. */
  @Override
  public void close() {
    try {
      if (created) {
        effects.run(
            "remove work container",
            () -> docker.must("remove a container", "rm", "--force", "--volumes", name));
      }
    } catch (OvercException e) {
      LOG.warn("The container {} stays until the next operation: {}", name, e.getMessage());
    } finally {
      owner.close();
    }
  }

  private void create(String subject, String image, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of("create", "--name", name, "--init"));
    arguments.addAll(List.of("--label", Labels.MARK + "=0"));
    arguments.addAll(List.of("--label", Labels.WORK + "=" + owner.label()));
    arguments.addAll(options);
    arguments.addAll(List.of("--entrypoint", "sleep", image, "2147483647"));
    Command call = docker.call(arguments).build();
    effects.run(
        "create work container",
        () -> {
          CommandResult result = docker.run(call);
          for (int i = 0; i < ATTEMPTS && Docker.taken(result); i++) {
            removeLeftover(subject);
            result = docker.run(call);
          }
          if (Docker.taken(result)) {
            throw busy(subject);
          }
          result.orThrow("make a container for " + subject);
          created = true;
        });
  }

  /** Removes it by its id: by now somebody else may have made another one of the name. */
  private void removeLeftover(String subject) {
    String template = "{{.State.Status}}\t" + Labels.print(Labels.WORK) + "\t{{.Id}}";
    CommandResult found = docker.run("container", "inspect", "--format", template, name);
    if (!found.succeeded()) {
      return;
    }
    String[] fields = found.stdout().strip().split("\t", 3);
    if (fields.length != 3 || !Owner.leftover(fields[0], fields[1])) {
      throw busy(subject);
    }
    docker.run("rm", "--force", "--volumes", fields[2]);
  }

  private BusyException busy(String subject) {
    return new BusyException(
        subject, "container " + name + "; if its owner is gone, 'docker rm -f " + name + "'");
  }
}
