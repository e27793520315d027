package io.overc.examples.vmcatcher;

import io.overc.image.ImageOutcome;
import io.overc.image.ImageResult;
import java.time.Instant;
import java.util.Optional;

/**
 * The result of an event, as {@code --json} prints it.
 *
 * @param event the type of the event
 * @param identifier the {@code dc:identifier}
 * @param outcome ignored, unchanged, registered, expired, postponed or failed
 * @param image the cloud's id of the image, if there is one
 * @param putAway the name of the version that is not offered any more, if there is one
 * @param until when a postponed expiry is done
 * @param reason why it was ignored or failed
 */
record ResultDocument(
    String event,
    String identifier,
    String outcome,
    Optional<String> image,
    Optional<String> putAway,
    Optional<Instant> until,
    Optional<String> reason) {

  static ResultDocument of(ImageResult result) {
    String event = result.event().typeName();
    String identifier = result.event().find("DC_IDENTIFIER").orElse("");
    ResultDocument bare =
        new ResultDocument(
            event,
            identifier,
            "failed",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            result.failure().map(Throwable::getMessage));
    return result.outcome().map(bare::with).orElse(bare);
  }

  private ResultDocument with(ImageOutcome done) {
    if (done instanceof ImageOutcome.Ignored ignored) {
      return as("ignored", "", Optional.empty(), Optional.empty(), ignored.reason());
    }
    if (done instanceof ImageOutcome.Unchanged unchanged) {
      return as("unchanged", unchanged.image(), Optional.empty(), Optional.empty(), "");
    }
    if (done instanceof ImageOutcome.Registered registered) {
      return as("registered", registered.image(), registered.replaced(), Optional.empty(), "");
    }
    if (done instanceof ImageOutcome.Expired expired) {
      ImageOutcome.Retired away = expired.retired();
      return as("expired", away.image(), Optional.of(away), Optional.empty(), "");
    }
    ImageOutcome.ExpiryPostponed postponed = (ImageOutcome.ExpiryPostponed) done;
    return as("postponed", postponed.image(), Optional.empty(), Optional.of(postponed.until()), "");
  }

  private ResultDocument as(
      String word,
      String id,
      Optional<ImageOutcome.Retired> away,
      Optional<Instant> when,
      String why) {
    return new ResultDocument(
        event,
        identifier,
        word,
        Optional.of(id).filter(text -> !text.isEmpty()),
        away.map(ImageOutcome.Retired::name),
        when,
        Optional.of(why).filter(text -> !text.isEmpty()));
  }

  /** Returns the same for people, in one line. */
  String text() {
    StringBuilder line = new StringBuilder(event);
    line.append(" of ").append(identifier).append(": ").append(outcome);
    image.ifPresent(id -> line.append(", image ").append(id));
    putAway.ifPresent(name -> line.append(", put away as ").append(name));
    until.ifPresent(time -> line.append(" until ").append(time));
    reason.ifPresent(why -> line.append(": ").append(why));
    return line.toString();
  }
}
