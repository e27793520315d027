package io.overc.docker.service;

import io.overc.docker.engine.EngineContainers;
import io.overc.error.OvercException;
import io.overc.internal.time.Poll;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees whether containers that were started keep running for a while.
 *
 * @param settle how long they must keep running
 */
record Readiness(EngineContainers containers, Duration settle) {

  /**
   * Waits for all of some containers; what is known of them is from before they were started.
   *
   * @throws OvercException naming the first that does not keep running, with the end of its log
   */
  void await(List<ServiceContainer> started) {
    Poll.pause(settle, "containers to keep running");
    for (ServiceContainer one : started) {
      containers
          .require(one.name())
          .end(one.engine().restarts())
          .ifPresent(
              why -> {
                throw failed(one, why, null);
              });
    }
  }

  OvercException failed(ServiceContainer one, String why, @Nullable Throwable cause) {
    String log = containers.lastLines(one.name());
    return new OvercException(one.title() + " did not keep running: " + why + log, cause);
  }
}
