package io.overc.error;

import java.util.List;

/** Signals a configuration that cannot be used; names every problem at once. */
public class ConfigException extends OvercException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, each with its key and the fix. */
  @SuppressWarnings("serial") // List.copyOf returns a serializable list
  private final List<String> problems;

  /**
   * Creates an exception.
   *
   * @param problems what is wrong, each with its key, its value and the fix; at least one
   */
  public ConfigException(List<String> problems) {
    super("The configuration cannot be used: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** {@return every problem that was found; an immutable list, never empty} */
  public List<String> problems() {
    return problems;
  }
}
