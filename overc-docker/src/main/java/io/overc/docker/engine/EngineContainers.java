package io.overc.docker.engine;

import io.overc.error.BusyException;
import io.overc.error.NotFoundException;
import io.overc.exec.CommandResult;
import io.overc.spi.SideEffects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes, starts, stops, renames and removes single containers. */
public final class EngineContainers {
  private final Docker docker;
  private final SideEffects effects;
  private final Duration stopTimeout;

  /** What the engine understands, as far as is known: only podman refuses the other one. */
  private volatile String format = EngineContainer.DOCKER;

  /**
   * Makes no call yet.
   *
   * @param docker calls the engine
   * @param effects the fault-injection point
   * @param stopTimeout how long a container has to end before it is killed
   */
  public EngineContainers(Docker docker, SideEffects effects, Duration stopTimeout) {
    this.docker = docker;
    this.effects = effects;
    this.stopTimeout = stopTimeout;
  }

  /**
   * Returns what calls the engine.
   *
   * @return what calls it
   */
  public Docker docker() {
    return docker;
  }

  /**
   * Returns the fault-injection point of every change.
   *
   * @return the fault-injection point
   */
  public SideEffects effects() {
    return effects;
  }

  /**
   * Finds a container by its name; the engine would also take the beginning of an id for one.
   *
   * @param name the name
   * @return the container, or empty
   */
  public Optional<EngineContainer> find(String name) {
    if (name.length() < 2) {
      return Optional.empty();
    }
    CommandResult result = docker.run("container", "inspect", "--format", format, name);
    if (!result.succeeded() && result.stderr().contains("can't evaluate field")) {
      format = EngineContainer.PODMAN;
      result = docker.run("container", "inspect", "--format", format, name);
    }
    if (Docker.missing(result)) {
      return Optional.empty();
    }
    String output = result.orThrow("examine the container " + name).stdout();
    return Optional.of(EngineContainer.of(output)).filter(found -> found.name().equals(name));
  }

  /**
   * Returns a container that must exist.
   *
   * @param name its name
   * @return the container
   * @throws NotFoundException if there is none
   */
  public EngineContainer existing(String name) {
    return find(name)
        .orElseThrow(() -> new NotFoundException("There is no container '" + name + "'"));
  }

  /**
   * Makes a container, not yet started.
   *
   * @param name its name
   * @param image its image
   * @param options options of {@code docker create}
   * @param networks networks beside the one of the options
   * @param command its command; empty for the one of the image
   * @throws BusyException if the name is taken
   */
  public void create(
      String name,
      String image,
      List<String> options,
      List<String> networks,
      List<String> command) {
    List<String> call = new ArrayList<>(List.of("create", "--name", name));
    call.addAll(options);
    call.add(image);
    call.addAll(command);
    effects.run(
        "create container",
        () -> {
          CommandResult result = docker.run(docker.call(call).build());
          if (Docker.taken(result)) {
            throw new BusyException("the container '" + name + "'", "a container of that name");
          }
          result.orThrow("make the container " + name);
        });
    for (String network : networks) {
      effects.run(
          "connect network",
          () ->
              docker.must(
                  "connect " + name + " to " + network, "network", "connect", network, name));
    }
  }

  /**
   * Starts a container.
   *
   * @param name its name
   */
  public void start(String name) {
    effects.run("start container", () -> docker.must("start the container " + name, "start", name));
  }

  /**
   * Stops a container; kills it if it does not end in time.
   *
   * @param name its name
   */
  public void stop(String name) {
    effects.run(
        "stop container",
        () ->
            docker.must(
                "stop the container " + name,
                docker
                    .call("stop", "--time", String.valueOf(stopTimeout.toSeconds()), name)
                    .timeout(docker.timeout().plus(stopTimeout))
                    .build()));
  }

  /**
   * Renames a container.
   *
   * @param from its name
   * @param to its new name
   */
  public void rename(String from, String to) {
    effects.run(
        "rename container",
        () -> docker.must("rename the container " + from + " to " + to, "rename", from, to));
  }

  /**
   * Removes a container with its unnamed volumes, whether it runs or not; harmless if there is
   * none.
   *
   * @param name its name
   */
  public void remove(String name) {
    effects.run(
        "remove container",
        () -> {
          CommandResult result = docker.run("rm", "--force", "--volumes", name);
          if (!Docker.missing(result)) {
            result.orThrow("remove the container " + name);
          }
        });
  }
}
