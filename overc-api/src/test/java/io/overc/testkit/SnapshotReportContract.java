package io.overc.testkit;

import static io.overc.snapshot.SnapshotFeature.RESTORE_AS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.overc.error.BusyException;
import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.NotFoundException;
import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandRunner;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds what is told while a store works, who may work beside it, and how it is cancelled. */
public abstract class SnapshotReportContract extends SnapshotTreeContract {
  /** For subclasses. */
  protected SnapshotReportContract() {}

  /** An operation of a store and what its events say. */
  private record Act(OperationKind kind, String subject, Call call) {}

  /** Calls the store. */
  private interface Call {
    void run(OperationOptions options) throws IOException;
  }

  private List<Act> acts() throws IOException {
    write("web", "v1");
    List<Act> acts = new ArrayList<>();
    acts.add(
        new Act(
            OperationKind.SNAPSHOT_CREATE,
            "web",
            call -> store().create("web", SnapshotOptions.defaults(), call)));
    if (can(RESTORE_AS)) {
      acts.add(
          new Act(
              OperationKind.SNAPSHOT_RESTORE,
              "copy",
              call -> store().restore(ids("web").get(0), "copy", call)));
    }
    acts.add(
        new Act(
            OperationKind.SNAPSHOT_DELETE, "web", call -> store().delete(ids("web").get(0), call)));
    acts.add(
        new Act(
            OperationKind.SNAPSHOT_DELETE,
            "web",
            call -> {
              create("web");
              store().deleteAll("web", call);
            }));
    return acts;
  }

  @Test
  @DisplayName("every operation is told in the promised order, by its kind and subject, to its end")
  void success() throws IOException {
    for (Act act : acts()) {
      List<Event> events = new ArrayList<>();
      act.call.run(OperationOptions.of(events::add));
      assertOrder(act, events);
      assertThat(events).filteredOn(Event.StepStarted.class::isInstance).isNotEmpty();
      assertThat(last(events).failure()).isEmpty();
    }
  }

  private static Event.Finished last(List<Event> events) {
    return (Event.Finished) events.get(events.size() - 1);
  }

  private static void assertOrder(Act act, List<Event> events) {
    String what = act.kind + " of " + act.subject + ": " + events;
    assertThat(events.get(0)).as(what).isInstanceOf(Event.Started.class);
    assertThat(events).as(what).filteredOn(Event.Started.class::isInstance).hasSize(1);
    assertThat(events).as(what).filteredOn(Event.Finished.class::isInstance).hasSize(1);
    assertThat(events.get(events.size() - 1)).as(what).isInstanceOf(Event.Finished.class);
    long id = events.get(0).operation().id();
    int step = 0;
    boolean within = false;
    for (Event event : events) {
      assertThat(event.operation().id()).as(what).isEqualTo(id);
      assertThat(event.operation().kind()).as(what).isEqualTo(act.kind);
      assertThat(event.operation().subject()).as(what).isEqualTo(act.subject);
      if (event instanceof Event.StepStarted started) {
        assertThat(within).as(what).isFalse();
        assertThat(started.step()).as(what).isEqualTo(++step);
        within = true;
      } else if (event instanceof Event.StepFinished finished) {
        assertThat(within).as(what).isTrue();
        assertThat(finished.step()).as(what).isEqualTo(step);
        within = false;
      }
    }
  }

  @Test
  @DisplayName("a failure is told with the exception that is thrown")
  void failure() throws IOException {
    List<Event> events = new ArrayList<>();
    Throwable thrown =
        catchThrowable(
            () ->
                store()
                    .create(
                        "never-there",
                        SnapshotOptions.defaults(),
                        OperationOptions.of(events::add)));
    assertThat(thrown).isInstanceOf(NotFoundException.class);
    assertOrder(new Act(OperationKind.SNAPSHOT_CREATE, "never-there", call -> {}), events);
    assertThat(last(events).failure()).containsSame(thrown);
    assertThat(last(events).message()).isEqualTo(thrown.getMessage());
  }

  @Test
  @DisplayName("a listener that throws does no harm")
  void brokenListener() throws IOException {
    Listener broken =
        event -> {
          throw new IllegalStateException("listener");
        };
    for (Act act : acts()) {
      act.call.run(OperationOptions.of(broken));
    }
    assertThat(store().list("web")).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  @DisplayName("while a store works, other threads and processes are told that it is busy")
  void busy() throws IOException {
    for (Act act : acts()) {
      List<String> found = new ArrayList<>();
      Listener other =
          event -> {
            if (event instanceof Event.StepStarted) {
              found.add(inOtherThread(act.subject));
              lockFile(act.subject).ifPresent(file -> found.add(LockProbe.ask(file)));
            }
          };
      act.call.run(OperationOptions.of(other));
      assertThat(found).as(act.kind + " of " + act.subject).isNotEmpty().containsOnly("busy");
    }
    assertThat(store().list("web")).isEmpty();
    create("web");
  }

  private String inOtherThread(String subject) {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                store().create(subject, SnapshotOptions.defaults(), NONE);
                return "made a snapshot";
              } catch (BusyException e) {
                return "busy";
              } catch (RuntimeException e) {
                return e.toString();
              }
            })
        .join();
  }

  @Test
  @DisplayName("an interrupt cancels a creation: nothing is made, and the flag stays set")
  void interruptedCreation() throws IOException {
    write("web", "v1");
    Thread caller = Thread.currentThread();
    Throwable thrown = cancelled(caller::interrupt, null);
    assertThat(Thread.interrupted()).as("the interrupt flag").isTrue();
    assertThat(thrown)
        .isInstanceOf(InterruptedOperationException.class)
        .isNotInstanceOf(DeadlineExceededException.class);
    assertCancelled();
  }

  @Test
  @DisplayName("a deadline cancels a creation: nothing is made, and the flag is not set")
  void creationPastItsDeadline() throws IOException {
    write("web", "v1");
    Throwable thrown = cancelled(() -> sleep(60), Duration.ofMillis(50));
    assertThat(Thread.interrupted()).as("the interrupt flag").isFalse();
    assertThat(thrown).isInstanceOf(DeadlineExceededException.class);
    assertCancelled();
  }

  private @Nullable Throwable cancelled(Runnable atFirstStep, @Nullable Duration deadline) {
    Listener listener =
        event -> {
          if (event instanceof Event.StepStarted) {
            atFirstStep.run();
          }
        };
    OperationOptions.Builder call = OperationOptions.builder().listener(listener);
    if (deadline != null) {
      call.deadline(deadline);
    }
    return catchThrowable(() -> store().create("web", SnapshotOptions.defaults(), call.build()));
  }

  private void assertCancelled() throws IOException {
    assertThat(store().list("web")).isEmpty();
    assertThat(read("web")).contains("v1");
    assertNothingIsLeft();
    Snapshot next = create("web");
    assertThat(store().list("web")).containsExactly(next);
  }

  @Test
  @DisplayName("a thread that is interrupted already begins nothing")
  void interruptedBefore() throws IOException {
    write("web", "v1");
    SnapshotId id = create("web").id();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> store().delete(id, NONE))
        .isInstanceOf(InterruptedOperationException.class);
    assertThat(Thread.interrupted()).as("the interrupt flag").isTrue();
    assertThat(ids("web")).containsExactly(id);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks for a lock in a process of its own. */
  static final class LockProbe {
    private LockProbe() {}

    static String ask(java.nio.file.Path file) {
      return CommandRunner.system()
          .run(ChildJvm.of(LockProbe.class, file.toString()).build())
          .orThrow("ask for the lock " + file)
          .stdout()
          .strip();
    }

    public static void main(String[] args) throws IOException {
      var lock = io.overc.internal.lock.LockFile.at(java.nio.file.Path.of(args[0]), "probe");
      try (var held = lock.take("probe")) {
        System.out.println("free, waited: " + held.waited());
      } catch (BusyException e) {
        System.out.println("busy");
      }
    }
  }
}
