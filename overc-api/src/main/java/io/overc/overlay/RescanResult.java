package io.overc.overlay;

import java.util.List;

/**
 * Says what a new look at the sources of a container found.
 *
 * @param container its name
 * @param directories what was found in each shared directory
 */
public record RescanResult(String container, List<DirectoryRescan> directories) {

  /**
   * Copies the list.
   *
   * @param container its name
   * @param directories what was found in each shared directory
   */
  public RescanResult {
    directories = List.copyOf(directories);
  }

  /** {@return how many shared files changed or vanished in their sources} */
  public long changed() {
    return directories.stream().mapToLong(DirectoryRescan::changed).sum();
  }
}
