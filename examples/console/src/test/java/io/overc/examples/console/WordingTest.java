package io.overc.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.event.Event;
import io.overc.event.OperationInfo;
import io.overc.event.OperationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
  @ParameterizedTest
  @CsvSource({
    "0,0.0 s",
    "444,0.4 s",
    "9949,9.9 s",
    "9950,9 s",
    "59999,59 s",
    "60000,1 min 00 s",
    "3599999,59 min 59 s",
    "7800000,2 h 10 min"
  })
  void durations(long millis, String text) {
    assertThat(Wording.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0 B", "1023,1023 B", "1536,1.5 KiB", "20971520,20 MiB", "1099511627776,1.0 TiB"})
  void sizes(long bytes, String text) {
    assertThat(Wording.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void amounts() {
    assertThat(amount(Event.Unit.ITEMS, 3, OptionalLong.of(12))).isEqualTo("3 of 12");
    assertThat(amount(Event.Unit.ITEMS, 3, OptionalLong.empty())).isEqualTo("3");
    assertThat(amount(Event.Unit.BYTES, 1024, OptionalLong.of(4096)))
        .isEqualTo("1.0 KiB of 4.0 KiB");
    assertThat(amount(Event.Unit.PERCENT, 45, OptionalLong.of(100))).isEqualTo("45 %");
  }

  private static String amount(Event.Unit unit, long done, OptionalLong total) {
    return Wording.amount(
        new Event.Progressed(
            new OperationInfo(1, OperationKind.HOST_UPGRADE, "/", OptionalLong.empty()),
            Instant.EPOCH,
            1,
            unit,
            done,
            total));
  }
}
