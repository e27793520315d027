package io.overc.lxc;

import java.time.Duration;
import java.util.List;

/**
 * Says when a container that was started counts as up.
 *
 * @param command what returns 0 inside it once it is up; empty for none
 * @param timeout how long it may take
 * @param settle how long it must stay up
 */
record Readiness(List<String> command, Duration timeout, Duration settle) {
  /** Copies the list. */
  Readiness {
    command = List.copyOf(command);
  }
}
