package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.overc.error.InvalidArgumentException;
import io.overc.error.VerificationException;
import io.overc.event.Event;
import io.overc.event.OperationInfo;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageOutcome;
import io.overc.image.ImageResult;
import io.overc.image.IncompleteEventException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds what {@link ImageListHandler} promises, for any backend. */
public abstract class ImageListHandlerContract extends ImageListHandlerFaultContract {
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
  @DisplayName("an event that says what cannot be is refused, and the old version stays")
  void invalid() {
    ImageEvent one = available(ID, "one");
    handle(one);
    ImageEvent two = available(ID, "two");
    for (ImageEvent wrong :
        List.of(two.with("HV_SIZE", "many"), two.with("FILENAME", "../../etc/shadow"))) {
      assertThatThrownBy(() -> handle(wrong)).isInstanceOf(InvalidArgumentException.class);
    }
    assertThat(offered(ID)).contains(sha512(one));
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
  @DisplayName("events come in the order that Event promises, and the last one ends the operation")
  void eventOrder() {
    List<Event> events = new ArrayList<>();
    handler().handle(available(ID, "one"), OperationOptions.of(events::add));
    assertOrder(events);
    Event.Finished end = (Event.Finished) events.get(events.size() - 1);
    assertThat(end.succeeded()).isTrue();
    assertThat(end.operation().kind()).isEqualTo(OperationKind.IMAGE_EVENT);
    assertThat(end.operation().subject()).isEqualTo(ID);
    assertThat(events).anyMatch(Event.StepFinished.class::isInstance);
  }

  @Test
  @DisplayName("the last event of a failure carries the exception that is thrown")
  void failureEvent() {
    List<Event> events = new ArrayList<>();
    ImageEvent wrong = available(ID, "one").with("HV_SIZE", "99");
    Throwable thrown =
        catchThrowable(() -> handler().handle(wrong, OperationOptions.of(events::add)));
    assertOrder(events);
    assertThat(((Event.Finished) events.get(events.size() - 1)).failure()).containsSame(thrown);
  }

  /** Asserts the order of the events of one operation and of its parts. */
  private static void assertOrder(List<Event> events) {
    assertThat(events).isNotEmpty();
    OperationInfo whole = events.get(0).operation();
    assertThat(whole.parent()).isEmpty();
    assertThat(events)
        .extracting(Event::operation)
        .allMatch(one -> one.equals(whole) || one.parent().isPresent());
    List<Event> own = events.stream().filter(e -> e.operation().equals(whole)).toList();
    assertThat(own.get(0)).isInstanceOf(Event.Started.class);
    assertThat(events.get(events.size() - 1)).isSameAs(own.get(own.size() - 1));
    assertThat(own).filteredOn(Event.Started.class::isInstance).hasSize(1);
    assertThat(own).filteredOn(Event.Finished.class::isInstance).hasSize(1);
    assertThat(own.get(own.size() - 1)).isInstanceOf(Event.Finished.class);
    int step = 0;
    boolean running = false;
    for (Event event : own) {
      if (event instanceof Event.StepStarted started) {
        assertThat(running).as("a step runs while %s", started).isFalse();
        assertThat(started.step()).isEqualTo(++step);
        running = true;
      } else if (event instanceof Event.StepFinished finished) {
        assertThat(finished.step()).isEqualTo(step);
        running = false;
      } else if (event instanceof Event.Progressed progressed) {
        assertThat(running).as("no step runs at %s", progressed).isTrue();
      }
    }
  }

  @Test
  @DisplayName("a listener that throws, even an Error, breaks nothing")
  void failingListener() {
    for (Throwable broken :
        List.of(new IllegalStateException("a broken listener"), new AssertionError("broken"))) {
      ImageEvent event = available(ID, broken.toString());
      handler()
          .handle(
              event,
              OperationOptions.of(
                  told -> {
                    if (broken instanceof Error error) {
                      throw error;
                    }
                    throw (IllegalStateException) broken;
                  }));
      assertThat(offered(ID)).contains(sha512(event));
    }
  }

  @Test
  @DisplayName("replaying nothing does nothing")
  void replayOfNothing() {
    assertThat(handler().replay(OperationOptions.defaults())).isEmpty();
  }
}
