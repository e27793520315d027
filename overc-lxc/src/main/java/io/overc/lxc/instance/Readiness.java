package io.overc.lxc.instance;

import java.time.Duration;
import java.util.List;

/**
 * Says when a container that was started counts as up.
 *
 * @param command what returns 0 inside it once it is up; empty for none
 * @param timeout how long it may take
 * @param settle how long it must stay up
 */
public record Readiness(List<String> command, Duration timeout, Duration settle) {
  /** Copies the list. */
  public Readiness {
    command = List.copyOf(command);
  }
}
