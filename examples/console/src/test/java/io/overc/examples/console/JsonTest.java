package io.overc.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.host.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JsonTest {
  record Everything(
      Phase phase,
      Optional<String> some,
      Optional<Path> none,
      OptionalLong count,
      Instant at,
      Duration took,
      Path file,
      List<Phase> phases,
      Map<Phase, Integer> byPhase) {}

  @Test
  @DisplayName("records become plain readable JSON in the order of their components")
  void plainAndReadable() {
    Everything everything =
        new Everything(
            Phase.UPGRADE_PENDING,
            Optional.of("ä \"quoted\""),
            Optional.empty(),
            OptionalLong.of(7),
            Instant.parse("2026-11-21T01:02:03Z"),
            Duration.ofMillis(1500),
            Path.of("/var/lib/a b"),
            List.of(Phase.CLEAN),
            Map.of(Phase.BACKUP_MODE, 1));
    assertThat(Json.write(everything))
        .isEqualTo(
            """
            {
              "phase" : "upgrade-pending",
              "some" : "ä \\"quoted\\"",
              "none" : null,
              "count" : 7,
              "at" : "2026-11-21T01:02:03Z",
              "took" : "PT1.5S",
              "file" : "/var/lib/a b",
              "phases" : [ "clean" ],
              "byPhase" : {
                "backup-mode" : 1
              }
            }""");
  }
}
