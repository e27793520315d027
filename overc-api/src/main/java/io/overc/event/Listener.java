package io.overc.event;

import java.util.List;

/**
 * Receives the events of operations.
 *
 * <p>Called from the thread that does the work, or from one that reads a tool's output, but never
 * from two at once for the same operation. A listener that throws is logged and otherwise ignored:
 * it never breaks the work.
 */
@FunctionalInterface
public interface Listener {

  /**
   * Receives an event.
   *
   * @param event what happened
   */
  void on(Event event);

  /** {@return the listener that does nothing; always the same one} */
  static Listener none() {
    return Listeners.NONE;
  }

  /**
   * {@return a listener that passes each event on to several, in their order} One that throws does
   * not keep the others from it.
   *
   * @param listeners the listeners
   */
  static Listener all(List<Listener> listeners) {
    return new Listeners(List.copyOf(listeners));
  }
}
