package io.overc.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.overc.error.OvercException;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.opennebula.frontend.Fault;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureMatrixTest {
  private static final int RETRIES = 3;

  @TempDir private Path directory;

  @Test
  @DisplayName("whatever call fails in whatever way, handling the event again puts all right")
  void everyCallTimesEveryFault() throws Exception {
    List<Callable<Void>> cases = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      int calls = calls(scenario);
      for (Fault fault : Fault.values()) {
        for (int at = 0; at < calls; at++) {
          int call = at;
          cases.add(
              () -> {
                failAndRetry(scenario, fault, call);
                return null;
              });
        }
      }
    }
    // Most of the time is spent waiting for answers that do not come.
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Void> done : threads.invokeAll(cases)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    System.out.println("Failure matrix, calls x faults: " + cases.size() + " cases");
    assertThat(cases).hasSizeGreaterThan(200);
  }

  private int calls(Scenario scenario) {
    try (Site site = new Site(directory.resolve("count-" + scenario))) {
      ImageEvent event = scenario.prepare(site);
      site.frontEnd().forget();
      site.handle(event);
      scenario.assertDone(site, "nothing failed");
      return site.frontEnd().calls().size();
    }
  }

  private void failAndRetry(Scenario scenario, Fault fault, int call) {
    String when = fault + " at call " + call;
    try (Site site = new Site(directory.resolve(scenario + "-" + fault + "-" + call))) {
      if (fault == Fault.TIMEOUT) {
        site.set("opennebula.timeout", "2s");
      }
      ImageEvent event = scenario.prepare(site);
      site.frontEnd().fail(fault, call);
      try {
        site.handle(event);
      } catch (OvercException e) {
        assertThat(e).hasMessageNotContaining("PASSWORD");
      }
      scenario.assertUsable(site, when);
      site.frontEnd().forget();
      retry(site, event, when);
      scenario.assertDone(site, when);
    }
  }

  private static void retry(Site site, ImageEvent event, String when) {
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < RETRIES; i++) {
      try {
        site.handle(event);
        return;
      } catch (OvercException e) {
        failures.add(e);
      }
    }
    fail("could not be handled after " + when + ": " + failures);
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  @DisplayName("an error before or after any change is put right by handling the event again")
  void everyChangeTimesError(Scenario scenario) {
    FaultInjector recording = FaultInjector.recording();
    try (Site site = new Site(directory.resolve("points"))) {
      ImageEvent event = scenario.prepare(site);
      site.builder().effects(recording).build().handle(event, OperationOptions.defaults());
    }
    int points = recording.points().size();
    for (int at = 0; at < points; at++) {
      try (Site site = new Site(directory.resolve("error-" + at))) {
        ImageEvent event = scenario.prepare(site);
        FaultInjector fault = FaultInjector.at(FaultInjector.Fault.ERROR, at);
        String when = "an error " + recording.points().get(at);
        try {
          site.builder().effects(fault).build().handle(event, OperationOptions.defaults());
          fail("nothing failed at " + when);
        } catch (OvercException e) {
          scenario.assertUsable(site, when);
        }
        retry(site, event, when);
        scenario.assertDone(site, when);
      }
    }
    System.out.println("Failure matrix, errors, " + scenario + ": " + points + " cases");
  }
}
