package io.overc.spi;

import java.util.ArrayList;
import java.util.List;

/**
 * The fault-injection point of a backend: every action that leaves a trace outside this process
 * passes it, one at a time and by name. The engine passes each primitive that changes something; a
 * backend passes the actions within a primitive that takes more than one.
 *
 * <p>In production the point does nothing. In tests it is where a fault injector kills the process
 * or fails the action, before or after; so the list of names it has seen is the list of points at
 * which a backend must be able to die.
 */
public interface SideEffects {

  /**
   * Runs an action.
   *
   * @param name what the action does, the same at every run, for example {@code rename backup}
   * @param action the action
   * @param <E> what the action may throw
   * @throws E what the action throws
   */
  <E extends Exception> void run(String name, Action<E> action) throws E;

  /**
   * Runs an action that makes something.
   *
   * @param name as for {@link #run}
   * @param maker the action
   * @param <T> what it makes
   * @param <E> what it may throw
   * @return what it has made
   * @throws E what the action throws
   */
  default <T, E extends Exception> T make(String name, Maker<T, E> maker) throws E {
    List<T> made = new ArrayList<>(1);
    run(name, () -> made.add(maker.make()));
    return made.get(0);
  }

  /** {@return the point that just runs each action} */
  static SideEffects direct() {
    return new NoOp();
  }

  /**
   * Changes something outside this process.
   *
   * @param <E> what it may throw
   */
  @FunctionalInterface
  interface Action<E extends Exception> {
    /**
     * Does it.
     *
     * @throws E if it cannot be done
     */
    void run() throws E;
  }

  /**
   * Makes something outside this process.
   *
   * @param <T> what stands for it here
   * @param <E> what it may throw
   */
  @FunctionalInterface
  interface Maker<T, E extends Exception> {
    /**
     * {@return what was made}
     *
     * @throws E if it cannot be made
     */
    T make() throws E;
  }
}
