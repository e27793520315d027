package io.overc.image;

import io.overc.error.OvercException;
import java.util.Optional;

/** The result of one event of a batch: an outcome, or a failure. */
public final class ImageResult {
  private final ImageEvent event;
  private final Optional<ImageOutcome> outcome;
  private final Optional<OvercException> failure;

  private ImageResult(
      ImageEvent event, Optional<ImageOutcome> outcome, Optional<OvercException> failure) {
    this.event = event;
    this.outcome = outcome;
    this.failure = failure;
  }

  /**
   * Creates the result of an event that was handled.
   *
   * @param event the event
   * @param outcome what was done
   * @return the result
   */
  public static ImageResult handled(ImageEvent event, ImageOutcome outcome) {
    return new ImageResult(event, Optional.of(outcome), Optional.empty());
  }

  /**
   * Creates the result of an event that could not be handled.
   *
   * @param event the event
   * @param failure why
   * @return the result
   */
  public static ImageResult failed(ImageEvent event, OvercException failure) {
    return new ImageResult(event, Optional.empty(), Optional.of(failure));
  }

  /**
   * {@return which event it is about; one without variables for a kept event that cannot be read}
   */
  public ImageEvent event() {
    return event;
  }

  /** {@return what was done; empty if the event could not be handled} */
  public Optional<ImageOutcome> outcome() {
    return outcome;
  }

  /** {@return why the event could not be handled; empty if it was} */
  public Optional<OvercException> failure() {
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
