package io.overc.opennebula;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.error.OvercException;
import io.overc.image.ImageEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoHandlersTest {
  @TempDir private Path directory;

  @RepeatedTest(5)
  @DisplayName("handlers on several machines that get the same event make one image")
  void severalMachines() throws Exception {
    for (Scenario scenario : Scenario.values()) {
      try (Site site = new Site(directory.resolve(scenario.name()))) {
        ImageEvent event = scenario.prepare(site);
        List<ImageEvent> same = new ArrayList<>();
        for (int machine = 0; machine < 3; machine++) {
          // Another file with the same content: no lock of one machine is seen by the other.
          same.add(event.with("FILENAME", "machine-" + machine));
          if (scenario != Scenario.EXPIRY) {
            String content = scenario == Scenario.FIRST ? "one" : "two";
            site.available("machine-" + machine, content);
          }
        }
        atOnce(site, same);
        site.handle(event);
        scenario.assertDone(site, "three handlers at once");
      }
    }
  }

  @Test
  @DisplayName("handlers on one machine wait for each other, and the second finds it done")
  void oneMachine() throws Exception {
    for (Scenario scenario : Scenario.values()) {
      try (Site site = new Site(directory.resolve(scenario.name()))) {
        ImageEvent event = scenario.prepare(site);
        atOnce(site, List.of(event, event, event));
        scenario.assertDone(site, "three handlers on one machine");
      }
    }
  }

  /** Lets each event be handled by a handler of its own; a loser may fail, but not harm. */
  private static void atOnce(Site site, List<ImageEvent> events) throws Exception {
    CyclicBarrier start = new CyclicBarrier(events.size());
    List<Callable<Void>> handlers = new ArrayList<>();
    for (ImageEvent event : events) {
      handlers.add(
          () -> {
            start.await();
            try {
              site.handle(event);
            } catch (OvercException e) {
              assertThat(e.getMessage()).isNotBlank();
            }
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(events.size());
    try {
      for (Future<Void> done : threads.invokeAll(handlers)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
