package io.overc.image;

import io.overc.error.OvercException;
import java.util.List;

/**
 * Signals that an event lacks what it must say. Nothing was touched; the same event would fail
 * again.
 */
public class IncompleteEventException extends OvercException {
  private static final long serialVersionUID = 1L;

  /** The variables that are empty. */
  @SuppressWarnings("serial") // List.copyOf returns a serializable list
  private final List<String> missing;

  /**
   * Creates an exception.
   *
   * @param type the type of the event, as far as known
   * @param missing the variables that are empty, at least one
   */
  public IncompleteEventException(String type, List<String> missing) {
    super(
        "The event "
            + (type.isEmpty() ? "" : type + " ")
            + "cannot be handled: "
            + String.join(", ", missing)
            + (missing.size() == 1 ? " is" : " are")
            + " empty; the program that sends the events must set "
            + (missing.size() == 1 ? "it" : "them"));
    this.missing = List.copyOf(missing);
  }

  /** {@return the variables that are empty, at least one} */
  public List<String> missing() {
    return missing;
  }
}
