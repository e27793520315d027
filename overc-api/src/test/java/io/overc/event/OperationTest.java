package io.overc.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OperationTest {
  private final List<Event> events = new ArrayList<>();

  private List<String> kinds() {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  private Event.Finished finished() {
    return (Event.Finished) events.get(events.size() - 1);
  }

  @Test
  @DisplayName("events come in the promised order")
  void order() {
    try (Operation operation = Operation.start(events::add, "host upgrade", "/", 2)) {
      operation.warn("between");
      operation.step("first");
      operation.progress(Event.Unit.BYTES, 1, OptionalLong.of(2));
      operation.output("dnf", "line");
      operation.step("second");
      operation.succeeded("done");
    }
    assertThat(kinds())
        .containsExactly(
            "Started",
            "Warned",
            "StepStarted",
            "Progressed",
            "Output",
            "StepFinished",
            "StepStarted",
            "StepFinished",
            "Finished");
    assertThat(events).allMatch(event -> event.operation().equals("host upgrade"));
    assertThat(events.get(3))
        .isEqualTo(
            new Event.Progressed("host upgrade", 1, Event.Unit.BYTES, 1, OptionalLong.of(2)));
    assertThat(finished().succeeded()).isTrue();
    assertThat(finished().message()).isEqualTo("done");
  }

  @Test
  @DisplayName("a step that fails is not finished, and the end says why")
  void failure() {
    try (Operation operation = Operation.start(events::add, "x", "y", 1)) {
      operation.step("first");
      operation.failed(new IllegalStateException("disk full"));
    }
    assertThat(kinds()).containsExactly("Started", "StepStarted", "Finished");
    assertThat(finished().succeeded()).isFalse();
    assertThat(finished().message()).isEqualTo("disk full");
  }

  @Test
  @DisplayName("an operation that is closed without success has failed")
  void closedWithoutSuccess() {
    Operation.start(events::add, "x", "y", 1).close();
    assertThat(finished().succeeded()).isFalse();
    assertThat(finished().message()).isEqualTo("failed");
  }

  @Test
  @DisplayName("a failure after the success counts, and one without a message has its name")
  void failureAfterSuccess() {
    try (Operation operation = Operation.start(events::add, "x", "y", 1)) {
      operation.succeeded("done");
      operation.failed(new IllegalStateException());
    }
    assertThat(finished().succeeded()).isFalse();
    assertThat(finished().message()).isEqualTo("IllegalStateException");
  }

  @Test
  @DisplayName("nothing comes after the end, also when closed twice")
  void nothingAfterTheEnd() {
    Operation operation = Operation.start(events::add, "x", "y", 1);
    operation.close();
    operation.close();
    operation.step("late");
    operation.output("tool", "late");
    operation.warn("late");
    assertThat(kinds()).containsExactly("Started", "Finished");
  }

  @Test
  @DisplayName(
      "output outside a step is told, progress is not; more steps than said raise the count")
  void outsideOfSteps() {
    try (Operation operation = Operation.start(events::add, "x", "y", 1)) {
      operation.progress(Event.Unit.PERCENT, 1, OptionalLong.empty());
      operation.output("tool", "early");
      operation.step("first");
      operation.step("second");
    }
    assertThat(kinds())
        .containsExactly(
            "Started", "Output", "StepStarted", "StepFinished", "StepStarted", "Finished");
    assertThat(events.get(1)).isEqualTo(new Event.Output("x", 0, "tool", "early"));
    assertThat(events.get(4)).isEqualTo(new Event.StepStarted("x", 2, 2, "second"));
  }

  @Test
  @DisplayName("a listener that throws, even an error, never breaks the work")
  void listenerThatThrows() {
    AtomicInteger heard = new AtomicInteger();
    Listener broken =
        event -> {
          if (heard.incrementAndGet() % 2 == 0) {
            throw new AssertionError("x");
          }
          throw new IllegalStateException("x");
        };
    try (Operation operation = Operation.start(broken, "x", "y", 1)) {
      operation.step("first");
      operation.succeeded("done");
    }
    assertThat(heard).as("it is told everything all the same").hasValue(4);
  }

  @Test
  @DisplayName("a listener is never called by two threads at once")
  void oneAtATime() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    Listener listener =
        event -> {
          if (inside.incrementAndGet() > 1) {
            overlaps.incrementAndGet();
          }
          Thread.onSpinWait();
          inside.decrementAndGet();
        };
    try (Operation operation = Operation.start(listener, "x", "y", 1)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int line = 0; line < 500; line++) {
                    operation.output("tool", "line");
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(overlaps).hasValue(0);
  }
}
