package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.event.OperationInfo;
import io.overc.event.OperationOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hears an operation and its parts, throws at each event, and checks their order. */
final class EventLog implements Listener {
  private final List<Event> events = new ArrayList<>();

  OperationOptions call() {
    return OperationOptions.of(this);
  }

  @Override
  public void on(Event event) {
    events.add(event);
    throw new IllegalStateException("a listener that throws");
  }

  /** Checks the order, and returns the end of the whole operation. */
  Event.Finished checked(String subject) {
    assertThat(events).as("events").isNotEmpty();
    OperationInfo whole = events.get(0).operation();
    assertThat(whole.subject()).isEqualTo(subject);
    assertThat(whole.parent()).isEmpty();
    Map<Long, Integer> steps = new HashMap<>();
    List<Long> ended = new ArrayList<>();
    for (Event event : events) {
      long id = event.operation().id();
      assertThat(ended).as("nothing comes after the end: " + event).doesNotContain(id);
      if (event instanceof Event.Started) {
        assertThat(steps.put(id, 0)).as("one start: " + event).isNull();
      } else {
        assertThat(steps).as("begun before: " + event).containsKey(id);
      }
      if (event instanceof Event.StepStarted step) {
        assertThat(step.step()).as("steps are counted").isEqualTo(steps.merge(id, 1, Integer::sum));
      } else if (event instanceof Event.Finished) {
        ended.add(id);
      }
    }
    assertThat(ended).as("each operation ends").hasSameSizeAs(steps.keySet());
    Event last = events.get(events.size() - 1);
    assertThat(last.operation().id()).as("the whole ends last").isEqualTo(whole.id());
    assertThat(last).isInstanceOf(Event.Finished.class);
    return (Event.Finished) last;
  }
}
