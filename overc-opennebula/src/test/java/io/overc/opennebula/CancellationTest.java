package io.overc.opennebula;

import static io.overc.opennebula.Site.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageOutcome;
import io.overc.opennebula.frontend.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interrupt and a deadline end every wait at once, and the same event finishes the work. */
class CancellationTest {
  /** What cancels an operation. */
  enum How {
    INTERRUPT,
    DEADLINE;

    OperationOptions options(Listener listener) {
      OperationOptions.Builder options = OperationOptions.builder().listener(listener);
      return (this == DEADLINE ? options.deadline(Duration.ofMillis(800)) : options).build();
    }

    void assertCancelled(Throwable thrown, String when) {
      boolean flag = Thread.interrupted();
      assertThat(thrown)
          .as(when)
          .isExactlyInstanceOf(
              this == DEADLINE
                  ? DeadlineExceededException.class
                  : InterruptedOperationException.class);
      assertThat(flag).as("interrupt flag, %s", when).isEqualTo(this == INTERRUPT);
    }
  }

  private static final int RETRIES = 3;

  @TempDir private Path directory;

  @Test
  @DisplayName("at every call that does not answer")
  void everyCall() throws Exception {
    List<Callable<Void>> cases = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      cases(scenario, "serveradmin", cases);
    }
    cases(Scenario.UPDATE, "nobody", cases); // Swaps with a gap in which no image has the name.
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Void> done : threads.invokeAll(cases)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    System.out.println("Cancelled calls: " + cases.size() + " cases");
    assertThat(cases).hasSizeGreaterThan(80);
  }

  private void cases(Scenario scenario, String parkingUser, List<Callable<Void>> cases) {
    for (int at = 0, calls = calls(scenario, parkingUser); at < calls; at++) {
      for (How how : How.values()) {
        int call = at;
        cases.add(
            () -> {
              cancelAndRetry(scenario, parkingUser, how, call);
              return null;
            });
      }
    }
  }

  private int calls(Scenario scenario, String parkingUser) {
    try (Site site = site("count-" + scenario, parkingUser)) {
      ImageEvent event = scenario.prepare(site);
      site.frontEnd().forget();
      site.handle(event);
      return site.frontEnd().calls().size();
    }
  }

  private Site site(String name, String parkingUser) {
    return new Site(directory.resolve(name + "-" + parkingUser))
        .set("opennebula.parking-user", parkingUser);
  }

  private void cancelAndRetry(Scenario scenario, String parkingUser, How how, int call) {
    String when = "%s, %s at call %d, %s".formatted(scenario, how, call, parkingUser);
    try (Site site = site(scenario + "-" + how + "-" + call, parkingUser)) {
      ImageEvent event = scenario.prepare(site);
      site.frontEnd().fail(Fault.TIMEOUT, call);
      if (how == How.INTERRUPT) {
        site.frontEnd().onFault(Thread.currentThread()::interrupt);
      }
      ImageListHandler handler = site.handler();
      how.assertCancelled(
          catchThrowable(() -> handler.handle(event, how.options(Listener.none()))), when);
      scenario.assertUsable(site, when);
      site.frontEnd().forget();
      retry(site, event);
      scenario.assertDone(site, when);
    }
  }

  private static void retry(Site site, ImageEvent event) {
    for (int i = 1; ; i++) {
      try {
        site.handle(event);
        return;
      } catch (OvercException e) {
        if (i == RETRIES) {
          throw e;
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(How.class)
  @DisplayName(
      "while the datastore copies: the copy goes on, and the next attempt continues with it")
  void copy(How how) {
    try (Site site = new Site(directory).set("opennebula.poll", "10m")) {
      site.frontEnd().admin().slow(1_000_000);
      ImageEvent event = site.available(ID, "one");
      Thread worker = Thread.currentThread();
      Listener interrupting =
          told -> {
            if (how == How.INTERRUPT && told instanceof Event.Progressed now && now.step() > 4) {
              worker.interrupt();
            }
          };
      how.assertCancelled(
          catchThrowable(() -> site.handler().handle(event, how.options(interrupting))), "copy");
      site.frontEnd().admin().finishCopies();
      assertThat(site.handle(event)).isInstanceOf(ImageOutcome.Registered.class);
      assertThat(site.frontEnd().admin().images()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(How.class)
  @DisplayName("while the checksum of the file is computed: nothing was registered")
  void checksum(How how) {
    try (Site site = new Site(directory)) {
      ImageEvent event = site.available(ID, new byte[5 << 20]);
      Thread worker = Thread.currentThread();
      Listener slow =
          told -> {
            if (told instanceof Event.Progressed) {
              if (how == How.INTERRUPT) {
                worker.interrupt();
              } else {
                sleep(900);
              }
            }
          };
      how.assertCancelled(
          catchThrowable(() -> site.handler().handle(event, how.options(slow))), "checksum");
      assertThat(site.frontEnd().admin().images()).isEmpty();
      site.handle(event);
      assertThat(site.current().state()).isEqualTo("READY");
    }
  }

  @ParameterizedTest
  @EnumSource(How.class)
  @DisplayName("of a batch as a whole: the events after it are not begun")
  void batch(How how) {
    try (Site site = new Site(directory)) {
      List<ImageEvent> events =
          List.of(site.available(ID, "one"), site.available("other", "other"));
      site.frontEnd().fail(Fault.TIMEOUT, 2);
      if (how == How.INTERRUPT) {
        site.frontEnd().onFault(Thread.currentThread()::interrupt);
      }
      how.assertCancelled(
          catchThrowable(() -> site.handler().handleAll(events, how.options(Listener.none()))),
          "batch");
      assertThat(site.frontEnd().admin().images()).hasSizeLessThan(2);
      site.frontEnd().forget();
      assertThat(site.handler().handleAll(events, OperationOptions.defaults()))
          .allMatch(result -> result.outcome().isPresent());
      assertThat(site.frontEnd().admin().images()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(How.class)
  @DisplayName("of a replay: what was not handled is still kept")
  void replay(How how) {
    try (Site site =
        new Site(directory).set("opennebula.spool", directory.resolve("spool").toString())) {
      site.frontEnd().admin().full(true);
      for (String id : List.of(ID, "other")) {
        ImageEvent event = site.available(id, id);
        assertThatThrownBy(() -> site.handle(event)).hasMessageContaining("kept in");
      }
      site.frontEnd().admin().full(false);
      site.frontEnd().fail(Fault.TIMEOUT, 0);
      if (how == How.INTERRUPT) {
        site.frontEnd().onFault(Thread.currentThread()::interrupt);
      }
      how.assertCancelled(
          catchThrowable(() -> site.handler().replay(how.options(Listener.none()))), "replay");
      site.frontEnd().forget();
      assertThat(site.handler().replay(OperationOptions.defaults()))
          .hasSize(2)
          .allMatch(result -> result.outcome().isPresent());
    }
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
