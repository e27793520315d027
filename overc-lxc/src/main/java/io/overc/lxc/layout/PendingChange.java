package io.overc.lxc.layout;

import java.util.List;

/**
 * A change that waits until its container does not run.
 *
 * @param share whether to share, else to stop sharing
 * @param directories which directories
 * @param sources where from; empty to stop
 */
public record PendingChange(boolean share, List<String> directories, List<String> sources) {
  public PendingChange {
    directories = List.copyOf(directories);
    sources = List.copyOf(sources);
  }
}
