package io.overc.spi;

import java.io.IOException;

/** Lets containers of a {@link ContainerBackend} stand still while they are snapshotted. */
public interface ContainerFreezer {

  /**
   * Records durably that a container is frozen on purpose, then freezes it. Does nothing to one
   * that does not run, and to one that somebody else has frozen.
   *
   * @param name the container
   * @throws IOException if a file cannot be read or written
   */
  void freeze(String name) throws IOException;

  /**
   * Thaws what {@link #freeze} froze, by whichever process, then forgets it. Does nothing to any
   * other container.
   *
   * @param name the container; it need not exist any more
   * @throws IOException if a file cannot be read or written
   */
  void thaw(String name) throws IOException;
}
