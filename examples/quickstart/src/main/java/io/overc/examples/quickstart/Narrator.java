package io.overc.examples.quickstart;

import io.overc.event.Event;
import io.overc.event.Listener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Prints a story: numbered chapters, the calls that are made, what came of them. */
final class Narrator {
  private static final String CLEAR = "\r\u001b[K";
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final int columns = Integer.getInteger("overc.columns", 0);
  private final long began = System.nanoTime();
  private int chapter;

  Narrator(PrintStream out) {
    this.out = out;
  }

  void title(String text) {
    out.println(styled(BOLD, text));
  }

  void chapter(String text) {
    chapter++;
    out.println();
    out.println(styled(BOLD, chapter + ". " + text));
  }

  void say(String text) {
    text.strip().lines().forEach(line -> out.println("   " + line));
  }

  /** Shows a call as it stands in the source of the story. */
  void call(String source) {
    out.println("     " + styled(DIM, source));
  }

  void fact(String name, String value) {
    out.println("       %-22s %s".formatted(name, value));
  }

  /** Shows each step with the time it took; on a terminal also the one that runs. */
  Listener progress() {
    return event -> {
      if (event instanceof Event.StepStarted step && columns > 0) {
        out.print(cut("       [%d] %s ...".formatted(step.step(), step.title())));
      } else if (event instanceof Event.Output output && columns > 0) {
        out.print(cut("       " + output.tool() + ": " + output.line().strip()));
      } else if (event instanceof Event.StepFinished step) {
        clear();
        out.println(
            "       [%d] %-46s %s".formatted(step.step(), step.title(), seconds(step.took())));
      } else if (event instanceof Event.Finished) {
        clear();
      }
      out.flush();
    };
  }

  void end() {
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    out.println();
    out.println(styled(BOLD, "That was all, in " + seconds(took) + ". Nothing was left behind."));
  }

  /** Returns a line that takes the place of the last one and does not wrap. */
  private String cut(String line) {
    return CLEAR + line.substring(0, Math.min(line.length(), columns - 1));
  }

  private void clear() {
    if (columns > 0) {
      out.print(CLEAR);
    }
  }

  private String styled(String style, String text) {
    return columns > 0 ? style + text + PLAIN : text;
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1e3);
  }
}
