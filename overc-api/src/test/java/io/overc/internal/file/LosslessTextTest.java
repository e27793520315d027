package io.overc.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LosslessTextTest {
  @Test
  @DisplayName("UTF-8 is read as such, and any bytes come out as they went in")
  void roundTrip() {
    assertThat(LosslessText.decode("\u00e4\ud83d\ude00".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("\u00e4\ud83d\ude00");
    assertThat(LosslessText.decode(new byte[] {'a', (byte) 0xff, 'b'})).isEqualTo("a\udcffb");
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      assertThat(LosslessText.encode(LosslessText.decode(bytes))).isEqualTo(bytes);
    }
    // The bytes of a surrogate are no UTF-8, and a cut-off character is none.
    byte[] odd = {(byte) 0xed, (byte) 0xb2, (byte) 0x80, (byte) 0xf0, (byte) 0x9f};
    assertThat(LosslessText.encode(LosslessText.decode(odd))).isEqualTo(odd);
  }

  @Test
  @DisplayName("lines are those of line feeds only")
  void lines() {
    assertThat(LosslessText.lines("a\r\nb\u0085c\n\nd\n"))
        .containsExactly("a\r", "b\u0085c", "", "d");
    assertThat(LosslessText.lines("a")).containsExactly("a");
    assertThat(LosslessText.lines("")).isEmpty();
  }

  @Test
  @DisplayName("a path has the bytes that its text had")
  void path() {
    String text = "/\u00e4/\udcff x";
    assertThat(LosslessText.of(LosslessText.path(text))).isEqualTo(text);
    assertThat(LosslessText.path("/plain")).isEqualTo(Path.of("/plain"));
    assertThatThrownBy(() -> LosslessText.path("a\0b")).isInstanceOf(InvalidPathException.class);
  }
}
