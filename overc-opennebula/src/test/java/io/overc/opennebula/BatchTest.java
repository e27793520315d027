package io.overc.opennebula;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.event.Listener;
import io.overc.image.ImageEvent;
import io.overc.image.ImageOutcome;
import io.overc.image.ImageResult;
import java.nio.file.Path;
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
      assertAll(site.handler().handleAll(events, Listener.none()), ImageOutcome.Registered.class);
      assertThat(Collections.frequency(site.frontEnd().calls(), "one.imagepool.info"))
          .as("queries of an empty pool")
          .isEqualTo(1);
      assertThat(Collections.frequency(site.frontEnd().calls(), "one.datastorepool.info"))
          .isEqualTo(1);
      site.frontEnd().forget();
      assertAll(site.handler().handleAll(events, Listener.none()), ImageOutcome.Unchanged.class);
      assertThat(site.frontEnd().calls())
          .as("a second round only reads the pool: pages of 100 that overlap by 10")
          .containsOnly("one.imagepool.info")
          .hasSize(12);
      assertThat(site.frontEnd().admin().images()).hasSize(IMAGES);
    }
  }

  private static void assertAll(List<ImageResult> results, Class<? extends ImageOutcome> expected) {
    assertThat(results)
        .hasSize(IMAGES)
        .allSatisfy(result -> assertThat(result.outcome()).get().isInstanceOf(expected));
  }
}
