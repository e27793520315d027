package io.overc.spi;

/** Lets containers of a {@link ContainerBackend} stand still while they are snapshotted. */
public interface ContainerFreezer {

  /**
   * Records durably that a container is frozen on purpose, then freezes it. Does nothing to one
   * that does not run, and to one that somebody else has frozen.
   *
   * @param name the container
   */
  void freeze(String name);

  /**
   * Thaws what {@link #freeze} froze, by whichever process, then forgets it. Does nothing to any
   * other container.
   *
   * @param name the container; it need not exist any more
   */
  void thaw(String name);
}
