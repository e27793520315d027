package io.overc.opennebula;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageResult;
import io.overc.testkit.FaultInjector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillMatrixTest {
  private static final int KILLED = 128 + 9;

  @TempDir private Path directory;

  @Test
  @DisplayName("a handler killed before or after any change loses nothing: the spool is replayed")
  void everyChangeTimesKill() throws Exception {
    List<Callable<Void>> cases = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      List<String> points = points(scenario);
      for (int at = 0; at < points.size(); at++) {
        int point = at;
        cases.add(
            () -> {
              killAndReplay(scenario, point, points.get(point));
              return null;
            });
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (Future<Void> done : threads.invokeAll(cases)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    System.out.println("Failure matrix, kill -9: " + cases.size() + " cases");
    assertThat(cases).hasSizeGreaterThan(60);
  }

  private List<String> points(Scenario scenario) {
    try (Site site = site(scenario, "points")) {
      ImageEvent event = scenario.prepare(site);
      FaultInjector recording = FaultInjector.recording();
      site.builder().effects(recording).build().handle(event, OperationOptions.defaults());
      return recording.points();
    }
  }

  private Site site(Scenario scenario, String name) {
    Path where = directory.resolve(scenario + "-" + name);
    return new Site(where).set("opennebula.spool", where.resolve("spool").toString());
  }

  private void killAndReplay(Scenario scenario, int point, String name) {
    String when = "kill -9 " + name;
    try (Site site = site(scenario, String.valueOf(point))) {
      ImageEvent event = scenario.prepare(site);
      Path child = directory.resolve(scenario + "-" + point + "-child");
      int exit = HandlerProcess.run(site, event, point, child);
      assertThat(exit).as("%s, see %s", when, child.resolve("output")).isEqualTo(KILLED);
      scenario.assertUsable(site, when);
      ImageListHandler handler = site.handler();
      List<ImageResult> replayed = handler.replay(OperationOptions.defaults());
      assertThat(replayed).as(when).allMatch(result -> result.failure().isEmpty());
      if (replayed.isEmpty()) {
        // Killed before the event was kept, or after it was done with: the sender sees the kill.
        handler.handle(event, OperationOptions.defaults());
      }
      scenario.assertDone(site, when);
      assertThat(handler.replay(OperationOptions.defaults())).as(when).isEmpty();
    }
  }
}
