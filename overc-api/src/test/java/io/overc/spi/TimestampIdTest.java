package io.overc.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampIdTest {
  @Test
  @DisplayName("an id is read back as it was written, in milliseconds")
  void readsBack() {
    TimestampId id = new TimestampId("web-1.x_y", Instant.parse("2026-11-21T09:30:00.120987Z"));
    assertThat(id).hasToString("web-1.x_y@20261121T093000.120Z");
    assertThat(TimestampId.parse(id.toString())).contains(id);
    assertThat(id.created()).isEqualTo("2026-11-21T09:30:00.120Z");
    assertThat(new TimestampId("a", Instant.parse("0203-04-05T06:07:08.009Z")))
        .hasToString("a@02030405T060708.009Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "web",
        "@20261121T093000.120Z",
        "-n@20261121T093000.120Z",
        ".new-web@20261121T093000.120Z",
        "web@20261121T093000.120Z.comment",
        "web@20261321T093000.120Z",
        "web@20261121T093000Z",
        "web@2026112aT093000.120Z",
        "web@20261121-093000.120Z",
        "web@+0261121T093000.120Z",
        "a@b@20261121T093000.120Z"
      })
  @DisplayName("anything else is no id")
  void isNoId(String text) {
    assertThat(TimestampId.parse(text)).isEmpty();
  }

  @Test
  @DisplayName("the next id is later than the last, even if the clock was set back")
  void nextIsLater() {
    Instant now = Instant.parse("2026-11-21T09:30:00Z");
    TimestampId last = new TimestampId("web", now.plusSeconds(60));
    TimestampId other = new TimestampId("db", now.plusSeconds(600));
    assertThat(TimestampId.next("web", List.of(last, other), now))
        .isEqualTo(new TimestampId("web", now.plusSeconds(60).plusMillis(1)));
    assertThat(TimestampId.next("web", List.of(other), now)).isEqualTo(new TimestampId("web", now));
  }
}
