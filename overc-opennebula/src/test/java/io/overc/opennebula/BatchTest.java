package io.overc.opennebula;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageOutcome;
import io.overc.image.ImageResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
  private static final int IMAGES = 1000;

  @Test
  @DisplayName("1,000 events ask the pool once, page by page, not once for each event")
  void onePoolQuery(@TempDir Path directory) {
    try (Site site = new Site(directory).set("opennebula.page", "100")) {
      List<ImageEvent> events = new ArrayList<>();
      for (int i = 0; i < IMAGES; i++) {
        events.add(site.available("image-" + i, "content " + i));
      }
      long began = System.nanoTime();
      assertAll(
          site.handler().handleAll(events, OperationOptions.defaults()),
          ImageOutcome.Registered.class);
      long minutes = Duration.ofNanos(System.nanoTime() - began).toMinutes();
      assertThat(Collections.frequency(site.frontEnd().calls(), "one.imagepool.info"))
          .as("queries of an empty pool; where the machine is slow, another one each minute")
          .isBetween(1, 1 + 12 * (int) minutes);
      assertThat(Collections.frequency(site.frontEnd().calls(), "one.datastorepool.info"))
          .isEqualTo(1);
      site.frontEnd().forget();
      assertAll(
          site.handler().handleAll(events, OperationOptions.defaults()),
          ImageOutcome.Unchanged.class);
      assertThat(site.frontEnd().calls())
          .as("a second round only reads the pool: pages of 100 that overlap by 10")
          .filteredOn(call -> !call.equals("one.image.info"))
          .containsOnly("one.imagepool.info")
          .hasSize(12);
      assertThat(site.frontEnd().admin().images()).hasSize(IMAGES);
    }
  }

  @Test
  @DisplayName("a batch and a replay with a spool ask the pool once too")
  void onePoolQueryWithSpool(@TempDir Path directory) {
    try (Site site = new Site(directory)) {
      site.set("opennebula.spool", directory.resolve("spool").toString());
      List<ImageEvent> events = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        events.add(site.available("image-" + i, "content " + i));
      }
      site.frontEnd().admin().full(true);
      assertThat(site.handler().handleAll(events, OperationOptions.defaults()))
          .hasSize(20)
          .allMatch(result -> result.failure().isPresent());
      assertThat(Collections.frequency(site.frontEnd().calls(), "one.imagepool.info")).isEqualTo(1);
      site.frontEnd().admin().full(false);
      site.frontEnd().forget();
      assertThat(site.handler().replay(OperationOptions.defaults()))
          .hasSize(20)
          .allMatch(result -> result.outcome().isPresent());
      assertThat(Collections.frequency(site.frontEnd().calls(), "one.imagepool.info")).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("memory stays flat: a pool of 40 MB is read in a heap of 24 MB")
  void memory(@TempDir Path directory) {
    try (Site site = new Site(directory).set("opennebula.page", "50")) {
      for (int i = 0; i < 2000; i++) {
        int image = site.frontEnd().admin().image(0, 0, "foreign-" + i);
        site.frontEnd().admin().mark(image, "NOTE", "<0123456789>".repeat(1700));
      }
      ImageEvent event = site.available(Site.ID, "one");
      Path child = directory.resolve("child");
      assertThat(HandlerProcess.run(site, event, -1, "-Xmx24m", child))
          .as("exit code, see %s", child.resolve("output"))
          .isZero();
      assertThat(site.current().state()).isEqualTo("READY");
    }
  }

  private static void assertAll(List<ImageResult> results, Class<? extends ImageOutcome> expected) {
    assertThat(results)
        .hasSize(IMAGES)
        .allSatisfy(result -> assertThat(result.outcome()).get().isInstanceOf(expected));
  }
}
