package io.overc.docker.container;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers;
import io.overc.error.OvercException;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Waits until a container has come up: it keeps running for a while, and then a command in it
 * succeeds, where one is configured.
 *
 * @param containers looks at it
 * @param settle how long it must keep running
 * @param command the command; empty for none
 * @param timeout how long the command may take to succeed
 */
public record Readiness(
    EngineContainers containers, Duration settle, List<String> command, Duration timeout) {
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Throws if the container does not come up, with the end of its log. */
  void await(String name) {
    Poll.pause(settle, "the container " + name);
    steady(name);
    if (command.isEmpty()) {
      return;
    }
    Deadline deadline = Deadline.in(timeout);
    List<String> call = new ArrayList<>(List.of("exec", name));
    call.addAll(command);
    Docker docker = containers.docker();
    var result = docker.run(docker.call(call).timeout(timeout).build());
    while (!result.succeeded()) {
      steady(name);
      if (deadline.passed()) {
        throw new OvercException(
            "The container '%s' is not ready after %s s: %s"
                .formatted(name, timeout.toSeconds(), result.stderr().strip() + end(name)));
      }
      Poll.pause(PAUSE, "the container " + name);
      result = docker.run(docker.call(call).timeout(timeout).build());
    }
  }

  private void steady(String name) {
    EngineContainer now = containers.existing(name);
    if (!now.steady()) {
      throw new OvercException(
          "The container '%s' does not keep running (%s, exit code %d)%s"
              .formatted(name, now.state(), now.exitCode(), end(name)));
    }
  }

  private String end(String name) {
    List<String> log = containers.docker().log(name, 20);
    return log.isEmpty() ? "; it printed nothing" : "; its log ends: " + String.join("\n", log);
  }
}
