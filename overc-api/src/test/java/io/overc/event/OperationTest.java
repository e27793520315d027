package io.overc.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.OvercException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OperationTest {
  private static final OperationKind KIND = OperationKind.HOST_UPGRADE;

  private final List<Event> events = new ArrayList<>();
  private final OperationOptions options = OperationOptions.of(events::add);

  private List<String> kinds() {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  private Event.Finished finished() {
    return (Event.Finished) events.get(events.size() - 1);
  }

  private <T> T run(Operation.Body<T> body) {
    return Operation.run(options, KIND, "/", body);
  }

  @Test
  @DisplayName("events come in the promised order, each with its operation and time")
  void order() {
    String result =
        run(
            operation -> {
              operation.warn("between");
              operation.step("first");
              operation.progress(Event.Unit.BYTES, 1, OptionalLong.of(2));
              operation.output("dnf", "line");
              operation.step("second");
              operation.result("upgraded");
              return "value";
            });
    assertThat(result).isEqualTo("value");
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
    OperationInfo info = events.get(0).operation();
    assertThat(info.kind()).isEqualTo(KIND);
    assertThat(info.subject()).isEqualTo("/");
    assertThat(events).allMatch(event -> event.operation().equals(info));
    assertThat(events).isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
    assertThat(events.get(6))
        .isInstanceOfSatisfying(
            Event.StepStarted.class, step -> assertThat(step.step()).isEqualTo(2));
    assertThat(finished().succeeded()).isTrue();
    assertThat(finished().message()).isEqualTo("upgraded");
  }

  @Test
  @DisplayName("a step that fails is not finished, and the end carries the exception")
  void failure() {
    OvercException failure = new OvercException("disk full");
    assertThatThrownBy(
            () ->
                run(
                    operation -> {
                      operation.step("first");
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(kinds()).containsExactly("Started", "StepStarted", "Finished");
    assertThat(finished().succeeded()).isFalse();
    assertThat(finished().failure()).containsSame(failure);
    assertThat(finished().message()).isEqualTo("disk full");
  }

  @Test
  @DisplayName("a failure of the file system names operation, file and reason")
  void inputOutput() {
    assertThatThrownBy(
            () ->
                run(
                    operation -> {
                      throw new NoSuchFileException("/a/b");
                    }))
        .isInstanceOf(OvercException.class)
        .hasMessageContainingAll("host upgrade of /", "/a/b", "no such file")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("an exception without a message is told by its name")
  void withoutMessage() {
    assertThatThrownBy(
            () ->
                run(
                    operation -> {
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(finished().message()).isEqualTo("IllegalStateException");
  }

  @Test
  @DisplayName("two operations with one listener can be told apart, and so can a part of one")
  void toldApart() {
    run(
        operation ->
            operation.child(
                OperationKind.CONTAINER_UPDATE,
                "web",
                part -> {
                  part.step("inside");
                  return "x";
                }));
    run(operation -> "y");
    long outer = events.get(0).operation().id();
    assertThat(kinds())
        .containsExactly(
            "Started",
            "Started",
            "StepStarted",
            "StepFinished",
            "Finished",
            "Finished",
            "Started",
            "Finished");
    assertThat(events.get(1).operation().parent()).hasValue(outer);
    assertThat(events.get(2).operation().subject()).isEqualTo("web");
    assertThat(events.get(6).operation().id()).isGreaterThan(outer);
  }

  @Test
  @DisplayName("nothing comes after the end")
  void nothingAfterTheEnd() {
    Operation late = run(operation -> operation);
    late.output("tool", "late");
    late.warn("late");
    assertThat(kinds()).containsExactly("Started", "Finished");
  }

  @Test
  @DisplayName("output outside of a step is told, progress is not")
  void outsideOfSteps() {
    run(
        operation -> {
          operation.progress(Event.Unit.PERCENT, 1, OptionalLong.empty());
          operation.output("tool", "early");
          return "";
        });
    assertThat(kinds()).containsExactly("Started", "Output", "Finished");
    assertThat(((Event.Output) events.get(1)).step()).isZero();
  }

  @Test
  @DisplayName("a listener that throws, even an error, never breaks the work")
  void listenerThatThrows() {
    AtomicInteger received = new AtomicInteger();
    Listener broken =
        event -> {
          if (received.incrementAndGet() % 2 == 0) {
            throw new AssertionError("x");
          }
          throw new IllegalStateException("x");
        };
    Operation.run(
        OperationOptions.of(broken).withListener(events::add),
        KIND,
        "/",
        operation -> {
          operation.step("first");
          return "";
        });
    assertThat(received).as("it is told everything all the same").hasValue(4);
    assertThat(kinds()).hasSize(4);
  }

  @Test
  @DisplayName("a listener is never called by two threads at once")
  void oneAtATime() {
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
    Operation.run(
        OperationOptions.of(listener),
        KIND,
        "/",
        operation -> {
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
            join(thread);
          }
          return "";
        });
    assertThat(overlaps).hasValue(0);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
