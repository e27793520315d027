package io.overc.engine;

import io.overc.error.OvercException;
import io.overc.internal.time.Cancellation;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import io.overc.spi.Health;
import io.overc.spi.Readiness;
import java.time.Duration;
import java.util.List;

/** Waits until a container that was started is ready. */
final class Readying {
  /** A command gets this long at least, even if it is the last attempt. */
  private static final Duration LAST_ATTEMPT = Duration.ofMillis(100);

  private final Primitives primitives;
  private final Readiness readiness;

  Readying(Primitives primitives, Readiness readiness) {
    this.primitives = primitives;
    this.readiness = readiness;
  }

  /**
   * Waits.
   *
   * @throws OvercException if the container ends, or is not ready in time
   */
  void await(String name) {
    Deadline timeout = Deadline.in(readiness.timeout());
    settle(name);
    if (!readiness.command().isEmpty()) {
      awaitCommand(name, timeout);
    }
  }

  /** Watches it for the settle time; looks at its end at the latest. */
  void settle(String name) {
    Deadline settled = Deadline.in(readiness.settle());
    do {
      pause(name, settled);
      requireUp(name, List.of(), Duration.ZERO);
    } while (!settled.passed());
  }

  /** Looks once whether a container runs and is ready. */
  void verify(String name) {
    requireUp(name, List.of(), Duration.ZERO);
    if (!readiness.command().isEmpty()) {
      awaitCommand(name, Deadline.in(readiness.timeout()));
    }
  }

  private void awaitCommand(String name, Deadline timeout) {
    while (true) {
      Duration left = timeout.remaining();
      Duration limit = left.compareTo(LAST_ATTEMPT) < 0 ? LAST_ATTEMPT : left;
      Health health = requireUp(name, readiness.command(), limit);
      if (health.status() == Health.Status.READY) {
        return;
      }
      if (timeout.passed()) {
        throw new OvercException(
            "The container %s is not ready after %d s%s"
                .formatted(name, readiness.timeout().toSeconds(), because(health)));
      }
      pause(name, timeout);
    }
  }

  private Health requireUp(String name, List<String> command, Duration limit) {
    Cancellation.check("waiting for the container " + name);
    Health health = primitives.health(name, command, limit);
    if (health.status() == Health.Status.DOWN) {
      throw new OvercException(
          "The container %s does not keep running%s".formatted(name, because(health)));
    }
    return health;
  }

  private void pause(String name, Deadline end) {
    Duration left = end.remaining();
    Duration time = left.compareTo(readiness.interval()) < 0 ? left : readiness.interval();
    Poll.pause(Cancellation.limit(time), "the container " + name);
  }

  private static String because(Health health) {
    return health.detail().isEmpty() ? "" : ": " + health.detail();
  }
}
