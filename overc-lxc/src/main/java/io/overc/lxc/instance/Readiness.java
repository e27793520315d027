package io.overc.lxc.instance;

import java.time.Duration;
import java.util.List;

/**
 * When a container that was started counts as ready.
 *
 * @param command what returns 0 inside it once it is ready; empty for none
 * @param timeout how long it may take
 * @param settle how long it is watched before it counts as ready
 */
public record Readiness(List<String> command, Duration timeout, Duration settle) {
  /** Copies the list. */
  public Readiness {
    command = List.copyOf(command);
  }
}
