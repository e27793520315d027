package io.overc.btrfs.packages;

import java.time.Duration;
import java.util.List;

/**
 * Says how a package manager is called.
 *
 * @param mode whose package manager is run
 * @param options options for every call, put right after the name of the tool
 * @param timeout how long a call may take
 */
public record Setup(Mode mode, List<String> options, Duration timeout) {

  /**
   * Copies the list.
   *
   * @param mode whose package manager is run
   * @param options options for every call, put right after the name of the tool
   * @param timeout how long a call may take
   */
  public Setup {
    options = List.copyOf(options);
  }
}
