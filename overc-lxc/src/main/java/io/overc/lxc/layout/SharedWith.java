package io.overc.lxc.layout;

import java.util.List;

/**
 * Names a directory and the sources it is shared with.
 *
 * @param directory as the container sees it, absolute
 * @param sources the names of the sources, the first one first
 */
public record SharedWith(String directory, List<String> sources) {
  public SharedWith {
    sources = List.copyOf(sources);
  }
}
