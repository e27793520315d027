package io.overc.image;

import io.overc.error.OvercException;
import java.util.Optional;

/** Holds what became of one event of a batch: an outcome, or a failure. */
public final class ImageResult {
  private final ImageEvent event;
  private final Optional<ImageOutcome> outcome;
  private final Optional<RuntimeException> failure;

  private ImageResult(
      ImageEvent event, Optional<ImageOutcome> outcome, Optional<RuntimeException> failure) {
    this.event = event;
    this.outcome = outcome;
    this.failure = failure;
  }

  /**
   * Says that an event was handled.
   *
   * @param event the event
   * @param outcome what became of it
   * @return the result
   */
  public static ImageResult handled(ImageEvent event, ImageOutcome outcome) {
    return new ImageResult(event, Optional.of(outcome), Optional.empty());
  }

  /**
   * Says that an event could not be handled.
   *
   * @param event the event
   * @param failure an {@link OvercException}, or an {@link IllegalArgumentException} for an event
   *     that says what cannot be
   * @return the result
   */
  public static ImageResult failed(ImageEvent event, RuntimeException failure) {
    return new ImageResult(event, Optional.empty(), Optional.of(failure));
  }

  /**
   * Returns the event.
   *
   * @return the event
   */
  public ImageEvent event() {
    return event;
  }

  /**
   * Returns what became of it.
   *
   * @return the outcome, or empty if it could not be handled
   */
  public Optional<ImageOutcome> outcome() {
    return outcome;
  }

  /**
   * Returns why it could not be handled.
   *
   * @return the failure, or empty if it was handled
   */
  public Optional<RuntimeException> failure() {
    return failure;
  }

  @Override
  public String toString() {
    return event.typeName()
        + " of "
        + event.find("DC_IDENTIFIER").orElse("?")
        + ": "
        + outcome.map(Object::toString).or(() -> failure.map(Object::toString)).orElse("");
  }
}
