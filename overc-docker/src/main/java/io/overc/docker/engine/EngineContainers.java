package io.overc.docker.engine;

import io.overc.error.BusyException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.Remedy;
import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandTimeoutException;
import io.overc.internal.time.Cancellation;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes, starts, stops, renames, commits and removes single containers. A call that is cancelled
 * may have had its effect: the caller puts things back.
 *
 * @param stopTimeout how long a container has to end before it is killed
 */
public record EngineContainers(Docker docker, Duration stopTimeout) {
  private static final Logger LOG = LoggerFactory.getLogger(EngineContainers.class);

  private static final int LOG_LINES = 20;
  private static final Duration THAW_PAUSE = Duration.ofMillis(100);

  /** Ends the processes whose environment holds a mark: first asks them to, then kills them. */
  private static final String END =
      """
      marked() {
        for p in /proc/[0-9]*; do
          case "$(tr '\\0' '\\n' <$p/environ 2>/dev/null)" in *"$1"*) echo ${p#/proc/} ;; esac
        done
      }
      for signal in TERM 0 0 KILL; do
        left=$(marked "$1")
        [ -n "$left" ] || exit 0
        kill -$signal $left 2>/dev/null
        sleep 1
      done
      """;

  public Optional<EngineContainer> find(String name) {
    return find(List.of(name)).stream().findFirst();
  }

  /** Finds those of some containers that exist, by their names, with one call. */
  public List<EngineContainer> find(List<String> names) {
    // The engine takes the beginning of an id for a name, even one letter.
    List<String> possible = names.stream().filter(name -> name.length() > 1).toList();
    return docker.inspect("container", possible).stream()
        .map(EngineContainer::new)
        .filter(found -> names.contains(found.name()))
        .toList();
  }

  public EngineContainer require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "There is no container '" + name + "'",
                    Remedy.of(Remedy.Action.LIST_CONTAINERS, "", "list those that exist")));
  }

  /**
   * Makes a container, not yet started; returns its id.
   *
   * @throws BusyException if the name is taken
   */
  public String create(String name, Recipe recipe) {
    CommandResult result =
        docker.change(
            "create container",
            docker
                .create(name, recipe.options())
                .arguments(recipe.image())
                .arguments(recipe.command()));
    if (Docker.taken(result)) {
      throw new BusyException("the container '" + name + "'", "a container of that name");
    }
    result.orThrow("make the container " + name);
    for (String network : recipe.networks()) {
      String attempt = "connect " + name + " to " + network;
      docker.requireChange("connect network", attempt, "network", "connect", network, name);
    }
    return result.stdout().strip();
  }

  /**
   * What a container is made of.
   *
   * @param options options of {@code docker create}
   * @param networks networks beside the one of the options
   * @param command its command; empty for the one of the image
   */
  public record Recipe(
      String image, List<String> options, List<String> networks, List<String> command) {}

  public void start(String name) {
    docker.requireChange("start container", "start the container " + name, "start", name);
  }

  /** Stops a container; kills it if it does not end in time. */
  public void stop(String name) {
    stop(name, stopTimeout);
  }

  public void stop(String name, Duration patience) {
    CommandResult result = tryStop(name, patience);
    // Podman stops no container that is paused, where Docker thaws it.
    if (!result.succeeded() && result.stderr().contains("paused")) {
      docker.requireChange("thaw container", "thaw the container " + name, "unpause", name);
      result = tryStop(name, patience);
    }
    result.orThrow("stop the container " + name);
  }

  private CommandResult tryStop(String name, Duration patience) {
    CommandBuilder call = docker.call("stop", "--time", "" + patience.toSeconds(), name);
    return docker.change("stop container", call.timeout(docker.timeout().plus(patience)));
  }

  public void rename(String from, String to) {
    String attempt = "rename the container " + from + " to " + to;
    docker.requireChange("rename container", attempt, "rename", from, to);
  }

  /**
   * Removes a container with its unnamed volumes, whether it runs or not; harmless if there is
   * none.
   *
   * @param name its name or id
   */
  public void remove(String name) {
    CommandResult result =
        docker.change("remove container", docker.call("rm", "--force", "--volumes", name));
    if (!Docker.missing(result)) {
      result.orThrow("remove the container " + name);
    }
  }

  /**
   * Makes an image of a container. If that fails or is cancelled, no image is left, and the
   * container is as it was.
   *
   * @param changes what {@code docker commit --change} takes
   * @param image the name of the image
   */
  public void commit(
      EngineContainer container, boolean freeze, List<String> changes, String image) {
    CommandBuilder call = docker.call("commit", "--pause=" + freeze);
    changes.forEach(change -> call.arguments("--change", change));
    call.arguments(container.name(), image);
    try {
      docker.change("commit snapshot", call).orThrow("snapshot the container " + container.name());
    } catch (OvercException e) {
      undo(
          e,
          () -> {
            thaw(container);
            docker.run("rmi", "--force", image);
          });
      throw e;
    }
  }

  /** A daemon whose client died thaws by itself, after its commit; with podman nobody does. */
  private void thaw(EngineContainer before) {
    if (!before.running()) {
      return;
    }
    boolean thawed =
        Poll.until(
            () -> before.podman() || find(before.name()).filter(EngineContainer::paused).isEmpty(),
            THAW_PAUSE,
            Deadline.in(docker.timeout()),
            "the engine to thaw " + before.name());
    if (before.podman() || !thawed) {
      docker.run("unpause", before.name());
    }
  }

  /** Returns the end of what a container printed, to be added to a message. */
  public String lastLines(String name) {
    try {
      List<String> log = docker.log(name, LOG_LINES);
      return log.isEmpty()
          ? "; it printed nothing"
          : "; the end of its log: " + String.join("\n", log);
    } catch (CommandFailedException e) {
      return ""; // A container may log to where nobody can read.
    }
  }

  /** Makes the variable that tells the processes of one {@link #exec} from all others. */
  public static String mark() {
    return "OVERC_EXEC=" + UUID.randomUUID();
  }

  /**
   * Runs a program in a container. If the call is cancelled or takes too long, the program and what
   * it started are ended: the engine only ends the command that waits for them.
   *
   * @param mark a variable of the environment that the call gives the program
   */
  public CommandResult exec(String container, String mark, Command call) {
    try {
      return docker.run(call);
    } catch (InterruptedOperationException | CommandTimeoutException e) {
      undo(e, () -> end(container, mark));
      throw e;
    }
  }

  /**
   * Puts things back after a failure, even if the operation is cancelled.
   *
   * @return whether that succeeded; otherwise the cause says why not
   */
  public static boolean undo(OvercException cause, Runnable work) {
    try {
      Cancellation.shielded(work::run);
      return true;
    } catch (OvercException e) {
      cause.addSuppressed(e);
      return false;
    }
  }

  private void end(String container, String mark) {
    CommandResult result =
        docker.run("exec", "--user", "0", container, "sh", "-c", END, "sh", mark);
    if (!result.succeeded() && find(container).filter(EngineContainer::active).isPresent()) {
      LOG.warn("A program may go on in the container {}: {}", container, result.stderr().strip());
    }
  }
}
