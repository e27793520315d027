package io.overc.spi;

/**
 * The fault-injection point of a backend: every action that leaves a trace outside this process
 * passes it, one at a time and by name.
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
   * Returns the point that just runs each action.
   *
   * @return the fault-injection point
   */
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
}
