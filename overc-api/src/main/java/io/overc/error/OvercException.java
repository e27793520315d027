package io.overc.error;

import io.overc.internal.linux.Printable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signals that OverC could not do what was asked.
 *
 * <p>The message says what was attempted, on what, why it failed and what to do about it. It never
 * carries a secret, nor what would act on a terminal. Subclasses say which kind of failure it was,
 * one class per way a caller may want to react.
 */
public class OvercException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message without the remedy. */
  private final String problem;

  /** What to do. */
  private final transient @Nullable Remedy remedy;

  /**
   * Creates an exception.
   *
   * @param message what was attempted, on what, why it failed and what to do
   */
  public OvercException(String message) {
    super(Printable.message(message)); // Without a cause, so that initCause can give it one.
    this.problem = Printable.message(message);
    this.remedy = null;
  }

  /**
   * Creates an exception with its cause.
   *
   * @param message what was attempted, on what, why it failed and what to do
   * @param cause what went wrong below, or null
   */
  public OvercException(String message, @Nullable Throwable cause) {
    super(Printable.message(message), cause);
    this.problem = Printable.message(message);
    this.remedy = null;
  }

  /**
   * Creates an exception with a remedy.
   *
   * @param problem what was attempted, on what and why it failed
   * @param remedy what to do; ends the message
   */
  public OvercException(String problem, Remedy remedy) {
    super(Printable.message(problem + "; " + remedy.text()));
    this.problem = Printable.message(problem);
    this.remedy = remedy;
  }

  /**
   * {@return the message without the text of the {@link #remedy}, for programs that put it into
   * their own words}
   */
  public String problem() {
    return problem;
  }

  /** {@return what to do; empty where the message says it, or nothing is known to help} */
  public Optional<Remedy> remedy() {
    return Optional.ofNullable(remedy);
  }
}
