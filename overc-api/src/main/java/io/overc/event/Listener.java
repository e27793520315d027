package io.overc.event;

/**
 * Hears how a long operation goes on.
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

  /**
   * Returns a listener that does nothing.
   *
   * @return the listener
   */
  static Listener none() {
    return event -> {};
  }
}
