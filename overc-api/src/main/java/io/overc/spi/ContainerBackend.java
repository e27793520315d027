package io.overc.spi;

import io.overc.event.Operation;
import io.overc.event.OperationKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The primitives of one container technology. {@link io.overc.engine.ManagedContainerDriver} makes
 * of them a {@link io.overc.container.ContainerDriver}: it checks names, holds the lock, recovers
 * what was interrupted, reports events, and goes back.
 *
 * <p>A backend knows three {@linkplain Place places} of a container, and keeps an {@link Intent}
 * with it. Its names are valid, its methods are called by the one operation that holds the
 * container's lock; {@link #find} and {@link #list} may be called at any time.
 *
 * @implSpec Each method does its whole work before it returns, can be called again after an
 *     interruption, and does nothing where everything is so already. One that waits or runs long
 *     stops at an interrupt or the deadline (as {@link io.overc.exec.CommandRunner} does) and
 *     throws {@link io.overc.error.InterruptedOperationException}. When the process is killed in
 *     any of them, {@link #find} shows the state before or after it; what else is left is removed
 *     by {@link #cleanUp}. Failures are {@link io.overc.error.OvercException}s.
 */
public interface ContainerBackend {

  /**
   * {@return the file that is locked while a container is changed; its directory is made if it is
   * missing} Whoever may reach the same container must be given the same file.
   *
   * @param name the container
   */
  Path lockFile(String name);

  /**
   * {@return what there is of a container, its places and its intent; all empty if there is
   * nothing} Changes nothing.
   *
   * @param name the container
   * @throws IOException if a file cannot be read or written
   */
  BackendContainer find(String name) throws IOException;

  /**
   * {@return what there is of every container of the technology, in any order; one that cannot be
   * read is an {@link Instance} with a problem and hides no other} Changes nothing.
   *
   * @throws IOException if a file cannot be read or written
   */
  List<BackendContainer> list() throws IOException;

  /**
   * Removes what an interrupted method of this interface has left that {@link #find} does not show,
   * such as a half-made instance.
   *
   * @param name the container
   * @throws IOException if a file cannot be read or written
   */
  default void cleanUp(String name) throws IOException {}

  /**
   * Prepares an operation: refuses what would harm others, warns, or does what the technology needs
   * first. Called before anything is touched.
   *
   * @param kind the operation
   * @param name the container
   * @param operation takes warnings
   * @throws io.overc.error.RefusedException if the operation would harm
   * @throws IOException if a file cannot be read or written
   */
  default void before(OperationKind kind, String name, Operation operation) throws IOException {}

  /**
   * Makes a new container from the template's image, at {@link Place#FRESH}, in place of what
   * stands there, with its intent recorded: {@link #find} shows both or neither. It is not started.
   * What a current container has of its own besides its content, such as its configuration, is
   * taken over where the technology does so.
   *
   * @param name the container
   * @param intent what to record
   * @param operation reports progress
   * @throws io.overc.error.RefusedException if the template has no image
   * @throws IOException if a file cannot be read or written
   */
  void create(String name, Intent intent, Operation operation) throws IOException;

  /**
   * Records durably what is about to be done in place with the current container; needed with
   * {@link #packages} only.
   *
   * @param name the container
   * @param intent what to record, instead of what was recorded before
   * @throws IOException if a file cannot be read or written
   */
  default void record(String name, Intent intent) throws IOException {
    throw new UnsupportedOperationException("a backend with packages() records intents");
  }

  /**
   * Forgets what was recorded: nothing is under way any more.
   *
   * @param name the container
   * @throws IOException if a file cannot be read or written
   */
  void forget(String name) throws IOException;

  /**
   * Starts the current container; does not wait until it is ready.
   *
   * @param name the container
   * @throws IOException if a file cannot be read or written
   */
  void start(String name) throws IOException;

  /**
   * Asks the current container to end, kills it after a timeout, and waits for its end.
   *
   * @param name the container
   * @throws IOException if a file cannot be read or written
   */
  void stop(String name) throws IOException;

  /**
   * Ends the current container at once, if it runs.
   *
   * @param name the container
   * @throws IOException if a file cannot be read or written
   * @implSpec Stops it, unless overridden.
   */
  default void kill(String name) throws IOException {
    stop(name);
  }

  /**
   * Moves what stands at one place to another, empty one, by one atomic step. It does not run.
   *
   * @param name the container
   * @param from where it stands
   * @param to where it will stand
   * @throws IOException if a file cannot be read or written
   */
  void move(String name, Place from, Place to) throws IOException;

  /**
   * Removes what stands at a place, if anything does. It does not run. Snapshots that are kept with
   * it stay: they go to the current container, or the removal is refused.
   *
   * @param name the container
   * @param place where it stands
   * @throws IOException if a file cannot be read or written
   */
  void remove(String name, Place place) throws IOException;

  /**
   * Tells how the current container is doing.
   *
   * @param name the container
   * @param command what must succeed inside it; empty to look only whether it keeps running
   * @param limit how long the command may take
   * @return its health
   * @throws IOException if a file cannot be read or written
   */
  Health health(String name, List<String> command, Duration limit) throws IOException;

  /**
   * {@return what makes snapshots: this, where it implements {@link ContainerSnapshots} too;
   * otherwise empty: the technology cannot}
   */
  default Optional<ContainerSnapshots> snapshots() {
    return this instanceof ContainerSnapshots able ? Optional.of(able) : Optional.empty();
  }

  /**
   * {@return what freezes containers; empty if the technology cannot, or freezes by itself for a
   * snapshot}
   */
  default Optional<ContainerFreezer> freezer() {
    return Optional.empty();
  }

  /** {@return what replaces the template's image; empty if the backend cannot} */
  default Optional<ContainerImages> images() {
    return Optional.empty();
  }

  /** {@return what upgrades packages inside containers; empty if the backend cannot} */
  default Optional<PackageUpgrades> packages() {
    return Optional.empty();
  }
}
