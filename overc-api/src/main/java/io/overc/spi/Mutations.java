package io.overc.spi;

/**
 * The one door through which a backend changes the world: every action that leaves a trace outside
 * this process passes it, one at a time and by name.
 *
 * <p>In production the door does nothing. In tests it is where a fault injector kills the process
 * or fails the action, before or after; so the list of names it has seen is the list of points at
 * which a backend must be able to die.
 */
public interface Mutations {

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
   * Returns the door that just runs each action.
   *
   * @return the door
   */
  static Mutations direct() {
    return new Direct();
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
}
