package io.overc.examples.console;

import io.overc.event.Event;
import io.overc.event.Listener;
import java.io.PrintStream;

/** Shows progress as plain lines, one for each step, for log files and pipes. */
final class PlainProgress implements Listener {
  private final PrintStream err;
  private final boolean verbose;

  PlainProgress(PrintStream err, boolean verbose) {
    this.err = err;
    this.verbose = verbose;
  }

  @Override
  public void on(Event event) {
    if (event instanceof Event.Started started) {
      err.println(started.operation());
    } else if (event instanceof Event.StepStarted step) {
      err.println(Wording.step(step.step()) + step.title());
    } else if (event instanceof Event.Output output && verbose) {
      err.println("      " + output.tool() + ": " + output.line());
    } else if (event instanceof Event.Warned warned) {
      err.println("warning: " + warned.message());
    } else if (event instanceof Event.Finished finished) {
      err.println(
          finished.operation().kind()
              + (finished.succeeded() ? " done in " : " failed after ")
              + Wording.duration(finished.took()));
    }
    err.flush();
  }
}
