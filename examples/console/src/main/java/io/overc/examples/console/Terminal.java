package io.overc.examples.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Says where a program prints and from which environment it is configured.
 *
 * @param out where results go
 * @param err where progress and errors go
 * @param columns the width of the terminal that {@code err} is; empty if it is none
 * @param environment the environment variables
 */
public record Terminal(
    PrintStream out, PrintStream err, OptionalInt columns, Map<String, String> environment) {
  /**
   * Copies the environment.
   *
   * @param out where results go
   * @param err where progress and errors go
   * @param columns the width of the terminal that {@code err} is; empty if it is none
   * @param environment the environment variables
   */
  public Terminal {
    environment = Map.copyOf(environment);
  }

  /**
   * Returns what this process was started with. Output is UTF-8 whatever the locale, as JSON must
   * be.
   *
   * @return the terminal
   */
  public static Terminal system() {
    return new Terminal(
        utf8(FileDescriptor.out), utf8(FileDescriptor.err), systemColumns(), System.getenv());
  }

  /** Only the launcher can tell whether standard error is a terminal, and how wide it is. */
  private static OptionalInt systemColumns() {
    String told = System.getProperty("overc.columns", "");
    return told.matches("[1-9]\\d{0,4}")
        ? OptionalInt.of(Integer.parseInt(told))
        : OptionalInt.empty();
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
