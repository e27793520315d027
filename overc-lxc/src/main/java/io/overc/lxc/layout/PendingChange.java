package io.overc.lxc.layout;

import java.util.List;

/** A change that waits until its container does not run; without sources, it stops sharing. */
public record PendingChange(boolean share, List<String> directories, List<String> sources) {
  public PendingChange {
    directories = List.copyOf(directories);
    sources = List.copyOf(sources);
  }
}
