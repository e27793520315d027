package io.overc.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.internal.linux.RawPath;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ForeignTextTest {
  @Test
  @DisplayName("octal digits after a backslash stand for a byte")
  void unescape() {
    assertThat(ForeignText.unescape("a\\040b\\134\\011\\377")).isEqualTo("a b\\\t\u00ff");
    assertThat(ForeignText.unescape("\\")).isEqualTo("\\");
    assertThat(ForeignText.unescape("\\04")).isEqualTo("\\04");
    assertThat(ForeignText.unescape("\\777\\089")).isEqualTo("\\777\\089");
  }

  @Test
  @DisplayName("UTF-8 is shown as it is, all else escaped")
  void shown() {
    assertThat(ForeignText.shown(ForeignText.latin("\u00e4\u20ac\ud83d\ude00 x")))
        .isEqualTo("\u00e4\u20ac\ud83d\ude00 x");
    assertThat(ForeignText.shown("a\u00ff\u001b[1m\u00c3")).isEqualTo("a\\xff\\x1b[1m\\xc3");
    assertThat(ForeignText.shown("\u00c2\u0085")).isEqualTo("\\xc2\\x85");
  }

  @Test
  @DisplayName("the path of a text has its bytes")
  void path() {
    byte[] bytes = RawPath.bytes(ForeignText.path("/a\u00ff/\u00c3\u00a4"));
    assertThat(ForeignText.latin(bytes)).isEqualTo("/a\u00ff/\u00c3\u00a4");
  }
}
