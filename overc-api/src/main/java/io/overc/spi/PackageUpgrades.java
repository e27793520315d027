package io.overc.spi;

import io.overc.event.Operation;
import io.overc.host.PackageChange;
import java.io.IOException;
import java.util.List;

/** Upgrades packages inside containers of a {@link ContainerBackend}, in place. */
public interface PackageUpgrades {

  /**
   * {@return whether the package manager can only run in a container that runs} One that does not
   * is then started for it, and stopped again.
   */
  boolean needsRunning();

  /**
   * Finds the package manager of a container.
   *
   * @param name the container
   * @param operation reports what the package manager prints
   * @return the package manager, to be closed
   * @throws io.overc.error.RefusedException if none is found
   * @throws IOException if a file cannot be read or written
   */
  Session open(String name, Operation operation) throws IOException;

  /** The package manager of one container. */
  interface Session extends AutoCloseable {
    /**
     * Refreshes the package lists and finds what is newer.
     *
     * @return the packages that {@link #upgrade} changes, as far as the lists know; empty if none
     *     is newer, and then nothing is upgraded
     * @throws IOException if a file cannot be read or written
     */
    List<PackageChange> newer() throws IOException;

    /**
     * Upgrades every package.
     *
     * @throws IOException if a file cannot be read or written
     */
    void upgrade() throws IOException;

    /** Ends what runs for it; the container stays as it is. */
    @Override
    void close();
  }
}
