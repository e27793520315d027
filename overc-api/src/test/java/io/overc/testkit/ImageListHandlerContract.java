package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.VerificationException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageOutcome;
import io.overc.image.ImageResult;
import io.overc.image.IncompleteEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds what {@link ImageListHandler} promises, for any backend. */
public abstract class ImageListHandlerContract {
  private static final String ID = "1f0a2cbd-8b8e-4b0c-9c4e-7a4c0fd20c11";
  private static final String OTHER = "1f0a2cbd-8b8e-4b0c-9c4e-7a4c0fd20c12";

  /**
   * Makes a handler, always for the same cloud, that expires images at once.
   *
   * @return a new handler
   */
  protected abstract ImageListHandler handler();

  /**
   * Puts an image where its event says it is.
   *
   * @param identifier its {@code dc:identifier}
   * @param content what is in it
   * @return an {@code AvailablePostfix} event with its file, size and checksum
   */
  protected abstract ImageEvent available(String identifier, String content);

  /**
   * Looks at the cloud.
   *
   * @param identifier a {@code dc:identifier}
   * @return the SHA-512 of the file of the image that is offered, or empty if none is
   */
  protected abstract Optional<String> offered(String identifier);

  private ImageOutcome handle(ImageEvent event) {
    return handler().handle(event, OperationOptions.defaults());
  }

  private static String sha512(ImageEvent event) {
    return event.required("SL_CHECKSUM_SHA512");
  }

  @Test
  @DisplayName("an available image is offered")
  void offers() {
    ImageEvent event = available(ID, "one");
    assertThat(handle(event)).isInstanceOf(ImageOutcome.Registered.class);
    assertThat(offered(ID)).contains(sha512(event));
  }

  @Test
  @DisplayName("the same image again changes nothing")
  void sameAgain() {
    ImageEvent event = available(ID, "one");
    handle(event);
    assertThat(handle(event)).isInstanceOf(ImageOutcome.Unchanged.class);
    assertThat(offered(ID)).contains(sha512(event));
  }

  @Test
  @DisplayName("a newer version takes the place of the one before")
  void replaces() {
    handle(available(ID, "one"));
    ImageEvent event = available(ID, "two");
    ImageOutcome outcome = handle(event);
    assertThat(outcome).isInstanceOf(ImageOutcome.Registered.class);
    assertThat(((ImageOutcome.Registered) outcome).replaced()).isPresent();
    assertThat(offered(ID)).contains(sha512(event));
  }

  @Test
  @DisplayName("an expired image is not offered any more, and other images are")
  void expires() {
    handle(available(ID, "one"));
    handle(available(OTHER, "other"));
    ImageEvent expiry = ImageEvent.of("ExpirePosfix", ID);
    assertThat(handle(expiry)).isInstanceOf(ImageOutcome.Expired.class);
    assertThat(offered(ID)).isEmpty();
    assertThat(offered(OTHER)).isPresent();
  }

  @Test
  @DisplayName("the expiry of an image that is not there is ignored")
  void expiryOfNothing() {
    assertThat(handle(ImageEvent.of("ExpirePostfix", ID))).isInstanceOf(ImageOutcome.Ignored.class);
  }

  @Test
  @DisplayName("other events are ignored, unknown ones too")
  void otherEvents() {
    for (String type :
        List.of(
            "ProcessPrefix", "AvailablePrefix", "ExpirePrefix", "SubscriptionImageNew", "New")) {
      assertThat(handle(ImageEvent.of(type, ID))).as(type).isInstanceOf(ImageOutcome.Ignored.class);
    }
  }

  @Test
  @DisplayName("a file that is not what the event claims is refused, and the old version stays")
  void verifies() {
    ImageEvent one = available(ID, "one");
    handle(one);
    ImageEvent two = available(ID, "two").with("SL_CHECKSUM_SHA512", "0".repeat(128));
    assertThatThrownBy(() -> handle(two)).isInstanceOf(VerificationException.class);
    ImageEvent three = available(ID, "three").with("HV_SIZE", "4");
    assertThatThrownBy(() -> handle(three)).isInstanceOf(VerificationException.class);
    assertThat(offered(ID)).contains(sha512(one));
  }

  @Test
  @DisplayName("an event that lacks what it must say is refused and names the variable")
  void incomplete() {
    ImageEvent event = available(ID, "one").with("SL_CHECKSUM_SHA512", "");
    assertThatThrownBy(() -> handle(event))
        .isInstanceOf(IncompleteEventException.class)
        .hasMessageContaining("VMCATCHER_EVENT_SL_CHECKSUM_SHA512");
  }

  @Test
  @DisplayName("in a batch, an event that fails does not stop the others")
  void batch() {
    ImageEvent broken = available(ID, "one").with("HV_SIZE", "99");
    ImageEvent good = available(OTHER, "other");
    List<ImageResult> results =
        handler().handleAll(List.of(broken, good), OperationOptions.defaults());
    assertThat(results).hasSize(2);
    assertThat(results.get(0).failure()).isPresent();
    assertThat(results.get(1).outcome()).isPresent();
    assertThat(offered(OTHER)).contains(sha512(good));
  }

  @Test
  @DisplayName("a plan changes nothing")
  void plans() {
    ImageEvent event = available(ID, "one");
    assertThat(handler().plan(event).steps()).isNotEmpty();
    assertThat(offered(ID)).isEmpty();
  }

  @Test
  @DisplayName("progress is told from beginning to end, and a listener that throws breaks nothing")
  void progress() {
    List<Event> events = new ArrayList<>();
    handler().handle(available(ID, "one"), OperationOptions.of(events::add));
    assertThat(events.get(0)).isInstanceOf(Event.Started.class);
    assertThat(events.get(events.size() - 1)).isInstanceOf(Event.Finished.class);
    handler()
        .handle(
            available(ID, "two"),
            OperationOptions.of(
                event -> {
                  throw new IllegalStateException("a broken listener");
                }));
    assertThat(offered(ID)).isPresent();
  }

  @Test
  @DisplayName("replaying nothing does nothing")
  void replayOfNothing() {
    assertThat(handler().replay(OperationOptions.defaults())).isEmpty();
  }
}
