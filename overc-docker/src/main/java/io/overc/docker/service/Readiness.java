package io.overc.docker.service;

import io.overc.docker.engine.EngineContainers;
import io.overc.error.OvercException;
import io.overc.internal.time.Poll;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees whether containers that were started keep running for a while.
 *
 * @param settle how long they must keep running
 */
record Readiness(EngineContainers containers, ServiceListing listing, Duration settle) {

  /**
   * Waits for all containers of a service; fails naming the first that does not keep running, with
   * the end of its log.
   *
   * @param before what was known of them before they were started
   * @return what is known of them now
   */
  List<ServiceContainer> await(ServiceName service, List<ServiceContainer> before) {
    Poll.pause(settle, "containers to keep running");
    List<ServiceContainer> now = listing.require(service);
    for (ServiceContainer started : before) {
      Optional<ServiceContainer> found =
          now.stream().filter(one -> one.name().equals(started.name())).findFirst();
      Optional<String> end =
          found.isEmpty()
              ? Optional.of("it is gone")
              : found.get().engine().end(started.engine().restarts());
      if (end.isPresent()) {
        throw failed(started, end.get(), null);
      }
    }
    return now;
  }

  OvercException failed(ServiceContainer one, String why, @Nullable Throwable cause) {
    String log = containers.lastLines(one.name());
    return new OvercException(one.title() + " did not keep running: " + why + log, cause);
  }
}
