package io.overc.event;

import java.util.List;

/** Passes events on to several listeners. */
record Listeners(List<Listener> all) implements Listener {
  static final Listener NONE = new Listeners(List.of());

  @Override
  public void on(Event event) {
    RuntimeException failure = null;
    for (Listener listener : all) {
      try {
        listener.on(event);
      } catch (RuntimeException e) {
        failure = e; // The operation logs it once all have been told.
      } catch (Error e) {
        failure = new IllegalStateException(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
