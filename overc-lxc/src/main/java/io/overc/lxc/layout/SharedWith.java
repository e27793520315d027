package io.overc.lxc.layout;

import java.util.List;

/** A directory as the container sees it, and the names of its sources, the first one first. */
public record SharedWith(String directory, List<String> sources) {
  public SharedWith {
    sources = List.copyOf(sources);
  }
}
