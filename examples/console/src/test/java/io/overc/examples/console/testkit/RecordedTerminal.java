package io.overc.examples.console.testkit;

import io.overc.examples.console.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;

/** A terminal that remembers what was printed. Not thread-safe. */
public final class RecordedTerminal {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Makes one on which nothing was printed yet. */
  public RecordedTerminal() {}

  /**
   * Returns the terminal to run a program on.
   *
   * @param columns its width, or empty for a pipe
   * @param environment the program's environment
   * @return the terminal
   */
  public Terminal terminal(OptionalInt columns, Map<String, String> environment) {
    return new Terminal(stream(out), stream(err), columns, environment);
  }

  /**
   * Returns the terminal of a program in a pipe, with an empty environment.
   *
   * @return the terminal
   */
  public Terminal piped() {
    return terminal(OptionalInt.empty(), Map.of());
  }

  /**
   * Returns what went to standard output.
   *
   * @return all of it
   */
  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /**
   * Returns what went to standard error.
   *
   * @return all of it
   */
  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
