package io.overc.examples.console;

import io.overc.event.Event;
import io.overc.event.Listener;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Shows progress on a terminal: the running step on one line that is drawn again and again, each
 * finished step on a line that stays.
 */
final class LiveProgress implements Listener {
  private static final String CLEAR = "\r\u001b[K";
  private static final long NANOS_BETWEEN_DRAWINGS = 50_000_000;

  private final PrintStream err;
  private final int columns;
  private final boolean verbose;
  private @Nullable String step;
  private String amount = "";
  private String lastLine = "";
  private long drawn;

  LiveProgress(PrintStream err, int columns, boolean verbose) {
    this.err = err;
    this.columns = columns;
    this.verbose = verbose;
  }

  @Override
  public void on(Event event) {
    if (event instanceof Event.StepStarted started) {
      step = Wording.step(started.step()) + started.title();
      amount = "";
      lastLine = "";
      draw();
    } else if (event instanceof Event.Progressed progressed) {
      amount = "  " + Wording.amount(progressed);
      drawSoon();
    } else if (event instanceof Event.Output output) {
      hear(output);
    } else if (event instanceof Event.Warned warned) {
      keep("warning: " + warned.message());
      draw();
    } else if (event instanceof Event.StepFinished finished) {
      String title = Wording.step(finished.step()) + finished.title();
      keep(title + "  " + Wording.duration(finished.took()));
      step = null;
    } else if (event instanceof Event.Finished finished && step != null) {
      keep(step + amount + (finished.succeeded() ? "" : "  failed"));
      step = null;
    }
    err.flush();
  }

  private void hear(Event.Output output) {
    if (verbose) {
      keep("      " + output.tool() + ": " + Wording.printable(output.line()));
      draw();
    } else if (!output.line().isBlank()) {
      lastLine = "  " + Wording.printable(output.line()).strip();
      drawSoon();
    }
  }

  /** Writes a line that stays, in the place of the live one. */
  private void keep(String line) {
    err.print(CLEAR + line + System.lineSeparator());
  }

  private void drawSoon() {
    if (System.nanoTime() - drawn >= NANOS_BETWEEN_DRAWINGS) {
      draw();
    }
  }

  private void draw() {
    if (step != null) {
      String line = step + amount + lastLine;
      // A line that wraps could not be cleared.
      err.print(CLEAR + line.substring(0, Math.min(line.length(), columns - 1)));
      drawn = System.nanoTime();
    }
  }
}
