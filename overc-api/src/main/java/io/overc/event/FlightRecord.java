package io.overc.event;

import org.jspecify.annotations.Nullable;

/** Records one operation in the Flight Recorder; nothing where the JDK's module for it is not. */
interface FlightRecord {

  /** Begins to record. */
  static FlightRecord begin(OperationInfo info) {
    if (!Jfr.AVAILABLE) {
      return (message, failure) -> {};
    }
    FlightEvent event = new FlightEvent(info);
    event.begin();
    return event;
  }

  /** Ends the record. */
  void end(String message, @Nullable Throwable failure);

  /** Tells whether there is a Flight Recorder, without loading anything of it. */
  final class Jfr {
    static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private Jfr() {}
  }
}
