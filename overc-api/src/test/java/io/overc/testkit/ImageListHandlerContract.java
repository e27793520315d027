package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.InvalidArgumentException;
import io.overc.error.VerificationException;
import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.event.OperationInfo;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageOutcome;
import io.overc.image.ImageResult;
import io.overc.image.IncompleteEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds what {@link ImageListHandler} promises, for any backend. */
public abstract class ImageListHandlerContract {
  private static final String ID = "1f0a2cbd-8b8e-4b0c-9c4e-7a4c0fd20c11";
  private static final Duration DEADLINE = Duration.ofSeconds(1);
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

  /**
   * Handles an event in another process, with a handler as {@link #handler} makes it.
   *
   * @param event the event
   * @return the process, started; its exit code is 0 if the event was handled
   */
  protected abstract Process handleInOtherProcess(ImageEvent event);

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
  @DisplayName("interrupted at any step: an image stays offered, and the same event finishes it")
  void interrupted() {
    Thread worker = Thread.currentThread();
    int cancelled = 0;
    for (int step = 1; step <= steps(); step++) {
      ImageEvent before = available(ID, "before " + step);
      handle(before);
      ImageEvent event = available(ID, "interrupted at " + step);
      OperationOptions options = OperationOptions.of(at(step, worker::interrupt));
      Throwable thrown = catchThrowable(() -> handler().handle(event, options));
      assertThat(Thread.interrupted()).as("interrupt flag after step %d", step).isTrue();
      if (thrown != null) {
        assertThat(thrown).isExactlyInstanceOf(InterruptedOperationException.class);
        cancelled++;
      }
      assertFinishes(before, event);
    }
    assertThat(cancelled).as("steps at which it was cancelled").isPositive();
  }

  @Test
  @DisplayName("past its deadline at any step: an image stays offered, and the same event finishes")
  void pastDeadline() {
    int cancelled = 0;
    for (int step = 1; step <= steps(); step++) {
      ImageEvent before = available(ID, "before " + step);
      handle(before);
      ImageEvent event = available(ID, "late at " + step);
      OperationOptions options =
          OperationOptions.builder()
              .deadline(DEADLINE)
              .listener(at(step, ImageListHandlerContract::outlastDeadline))
              .build();
      Throwable thrown = catchThrowable(() -> handler().handle(event, options));
      assertThat(Thread.interrupted()).as("interrupt flag after step %d", step).isFalse();
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(DeadlineExceededException.class);
        cancelled++;
      }
      assertFinishes(before, event);
    }
    assertThat(cancelled).as("steps at which it was cancelled").isPositive();
  }

  private void assertFinishes(ImageEvent before, ImageEvent event) {
    assertThat(offered(ID)).get().isIn(sha512(before), sha512(event));
    handle(event);
    assertThat(offered(ID)).contains(sha512(event));
    handler().replay(OperationOptions.defaults());
    assertThat(offered(ID)).contains(sha512(event));
    assertThat(handle(event)).isInstanceOf(ImageOutcome.Unchanged.class);
  }

  /** Returns how many steps a replacement has. */
  private int steps() {
    handle(available(OTHER, "one"));
    AtomicInteger steps = new AtomicInteger();
    handler()
        .handle(
            available(OTHER, "two"),
            OperationOptions.of(
                event -> {
                  if (event instanceof Event.StepStarted) {
                    steps.incrementAndGet();
                  }
                }));
    return steps.get();
  }

  private static Listener at(int step, Runnable action) {
    return event -> {
      if (event instanceof Event.StepStarted started
          && started.step() == step
          && started.operation().parent().isEmpty()) {
        action.run();
      }
    };
  }

  private static void outlastDeadline() {
    try {
      Thread.sleep(DEADLINE.toMillis() + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @DisplayName("the same event in two processes at once: one image, and no failure")
  void twoProcesses() throws Exception {
    handle(available(ID, "one"));
    ImageEvent event = available(ID, "two");
    Process other = handleInOtherProcess(event);
    try {
      assertThat(handle(event))
          .isInstanceOfAny(ImageOutcome.Registered.class, ImageOutcome.Unchanged.class);
      assertThat(other.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(other.exitValue()).isZero();
    } finally {
      other.destroyForcibly();
    }
    assertThat(offered(ID)).contains(sha512(event));
    assertThat(handle(event)).isInstanceOf(ImageOutcome.Unchanged.class);
  }

  @Test
  @DisplayName("a process killed while it handles an event: the same event finishes the work")
  void killedProcess() throws Exception {
    ImageEvent one = available(ID, "one");
    handle(one);
    ImageEvent two = available(ID, "two");
    Process other = handleInOtherProcess(two);
    other.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
    assertFinishes(one, two);
  }

  @Test
  @DisplayName("replaying nothing does nothing")
  void replayOfNothing() {
    assertThat(handler().replay(OperationOptions.defaults())).isEmpty();
  }
}
