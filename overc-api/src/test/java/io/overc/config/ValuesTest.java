package io.overc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @Test
  @DisplayName("times have a unit")
  void durations() {
    assertThat(Values.duration("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Values.duration("30s")).isEqualTo(Duration.ofSeconds(30));
    assertThat(Values.duration("5m")).isEqualTo(Duration.ofMinutes(5));
    assertThat(Values.duration("2h")).isEqualTo(Duration.ofHours(2));
    assertThat(Values.duration("7d")).isEqualTo(Duration.ofDays(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1 s", "9999999999s", "1S"})
  @DisplayName("anything else is no time")
  void noDurations(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Values.duration(text))
        .withMessage("expected a time such as 500ms, 30s, 5m, 2h or 7d");
  }

  @Test
  @DisplayName("sizes are bytes, or powers of 1024")
  void sizes() {
    assertThat(Values.size("4096")).isEqualTo(4096);
    assertThat(Values.size("64K")).isEqualTo(64L << 10);
    assertThat(Values.size("10M")).isEqualTo(10L << 20);
    assertThat(Values.size("2G")).isEqualTo(2L << 30);
    assertThat(Values.size("3T")).isEqualTo(3L << 40);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Values.size("999999999999T"))
        .withMessage("expected a size below 8 exbibytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Values.size("1KB"))
        .withMessage("expected a size in bytes such as 4096, 64K, 10M or 2G");
  }

  @Test
  @DisplayName("numbers keep their bounds")
  void numbers() {
    assertThat(Values.number("-3", -3, 3)).isEqualTo(-3);
    for (String text : List.of("4", "-4", "x", "", "1.0", "99999999999")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Values.number(text, -3, 3))
          .withMessage("expected a whole number from -3 to 3");
    }
  }

  @Test
  @DisplayName("lists are divided by commas, blanks do not count")
  void lists() {
    assertThat(Values.list(" a, b c ,,d")).containsExactly("a", "b c", "d");
    assertThat(Values.list("")).isEmpty();
  }

  @Test
  @DisplayName("arguments are divided by blanks, double quotes keep them")
  void arguments() {
    assertThat(Values.arguments("  systemctl\treboot ")).containsExactly("systemctl", "reboot");
    assertThat(Values.arguments("a \"b c\" d=\"e f\"g \"\" 'x y'"))
        .containsExactly("a", "b c", "d=e fg", "", "'x", "y'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Values.arguments("a \"b"))
        .withMessage("expected every double quote to be closed");
  }

  @Test
  @DisplayName("a path holds no NUL")
  void paths() {
    assertThat(Values.path("/a b")).isEqualTo(Path.of("/a b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Values.path("a\0"))
        .withMessage("expected a path");
  }
}
