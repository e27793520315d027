package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Holds what a handler of image lists promises when it is cancelled, is killed or is not alone, for
 * {@link ImageListHandlerContract}.
 */
public abstract class ImageListHandlerFaultContract {
  static final String ID = "1f0a2cbd-8b8e-4b0c-9c4e-7a4c0fd20c11";
  static final String OTHER = "1f0a2cbd-8b8e-4b0c-9c4e-7a4c0fd20c12";

  private static final Duration DEADLINE = Duration.ofSeconds(1);

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

  final ImageOutcome handle(ImageEvent event) {
    return handler().handle(event, OperationOptions.defaults());
  }

  static String sha512(ImageEvent event) {
    return event.required("SL_CHECKSUM_SHA512");
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
              .listener(at(step, ImageListHandlerFaultContract::outlastDeadline))
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
}
