package io.overc.docker.engine;

import io.overc.error.OvercException;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandTimeoutException;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Waits until containers that were started are ready: each keeps running for a while, and then a
 * command in it succeeds, where one is configured.
 *
 * @param containers looks at them
 * @param settle how long they must keep running
 * @param command the command; empty for none
 * @param timeout how long the command may take to succeed
 */
public record Readiness(
    EngineContainers containers, Duration settle, List<String> command, Duration timeout) {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int LOG_LINES = 20;

  /** Waits for one container that was made now. */
  public void await(String name) {
    await(List.of(new Started("The container '" + name + "'", name, 0)));
  }

  /**
   * Waits for all of some containers.
   *
   * @throws OvercException naming the first that does not become ready, with the end of its log
   */
  public void await(List<Started> started) {
    Poll.pause(settle, "containers to keep running");
    for (Started one : started) {
      requireRunning(one);
      if (!command.isEmpty()) {
        awaitCommand(one);
      }
    }
  }

  /**
   * A container that was started.
   *
   * @param title what it is, to begin a sentence
   * @param name its name
   * @param restarts how often the engine had restarted it before
   */
  public record Started(String title, String name, int restarts) {}

  private void awaitCommand(Started one) {
    Docker docker = containers.docker();
    Command call = docker.call("exec", one.name).arguments(command).timeout(timeout).build();
    AtomicReference<String> complaint = new AtomicReference<>("");
    boolean ready =
        Poll.until(
            () -> {
              boolean answered = answers(docker, call, complaint);
              if (!answered) {
                requireRunning(one);
              }
              return answered;
            },
            PAUSE,
            Deadline.in(timeout),
            one.name + " to become ready");
    if (!ready) {
      throw new OvercException(
          "%s is not ready after %d s: %s%s"
              .formatted(one.title, timeout.toSeconds(), complaint, end(one)));
    }
  }

  private static boolean answers(Docker docker, Command call, AtomicReference<String> complaint) {
    try {
      CommandResult result = docker.run(call);
      complaint.set(result.stderr().strip());
      return result.succeeded();
    } catch (CommandTimeoutException e) {
      complaint.set("the command does not end");
      return false;
    }
  }

  /** A start by hand lets the engine count restarts anew; podman goes on counting. */
  private void requireRunning(Started one) {
    EngineContainer now = containers.require(one.name);
    boolean restarted = now.restarts() > 0 && now.restarts() != one.restarts;
    if (!now.running() || restarted) {
      throw failed(
          one,
          "%s, exit code %d".formatted(restarted ? "restarted" : now.state(), now.exitCode()),
          null);
    }
  }

  /** Makes the exception of a container that was started and does not run. */
  public OvercException failed(Started one, String why, @Nullable Throwable cause) {
    return new OvercException(one.title + " did not keep running: " + why + end(one), cause);
  }

  private String end(Started one) {
    List<String> log = containers.docker().log(one.name, LOG_LINES);
    return log.isEmpty()
        ? "; it printed nothing"
        : "; the end of its log: " + String.join("\n", log);
  }
}
