package io.overc.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @ParameterizedTest
  @CsvSource({
    "'\u001b[32mgreen\u001b[0m', green",
    "'\u001b[2J\u001b[1;1Hx', x",
    "'\u001b]52;c;c2VjcmV0\u0007x', x",
    "'\u001b]0;title\u001b\\x', x",
    "'\u001bP+q\u001b\\x', x",
    "'a\u001bcb', a?cb",
    "'a\u009b2Jb', a?2Jb",
    "'a\u0000b\u007fc\u0008d', a?b?c?d",
    "'a\u202eb\u2066c\u2028d', a?b?c?d"
  })
  @DisplayName("nothing of a text acts on a terminal")
  void sequences(String foreign, String shown) {
    assertThat(Printable.text(foreign)).isEqualTo(shown);
    assertThat(Printable.line(foreign)).doesNotContainPattern("\\p{Cc}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain", "Gr\u00fc\u00dfe", "\u65e5\u672c", "a\u200db", "\ud83d\ude00"})
  @DisplayName("what people write stays as it is")
  void plain(String text) {
    assertThat(Printable.line(text)).isSameAs(text);
  }

  @Test
  @DisplayName("lines stay lines where a text may have more than one")
  void lines() {
    assertThat(Printable.text("a\n\tb\rc")).isEqualTo("a\n\tb?c");
    assertThat(Printable.line("a\n\tb\rc")).isEqualTo("a??b?c");
    assertThat(Printable.line("a\u001b[1mb")).isEqualTo("a?[1mb");
    assertThat(Printable.line("a\ud800b")).isEqualTo("a?b");
  }

  @ParameterizedTest
  @CsvSource({
    "http://host/a.tar, http://host/a.tar",
    "https://user:pw@host:8080/a.tar, https://***@host:8080/a.tar",
    "https://user:p@w@host/a, https://***@host/a",
    "https://token@host, https://***@host",
    "http://host/a.tar?token=secret&x=y, http://host/a.tar?***",
    "http://u:p@host/a?b=c#secret, http://***@host/a?***",
    "http://host/a#secret, http://host/a?***",
    "http://host?secret, http://host?***",
    "s3+https://k:s@host/@x, s3+https://***@host/@x",
    "/a/path?no@url, /a/path?no@url",
    "'read http://a:b@c/d?e f, nor ftp://g:h@i/j', 'read http://***@c/d?*** f, nor ftp://***@i/j'"
  })
  @DisplayName("an address is shown without its secrets")
  void addresses(String address, String shown) {
    assertThat(Printable.message(address)).isEqualTo(shown);
    assertThat(Printable.message(shown + ": x")).isEqualTo(shown + ": x");
    assertThat(Printable.text(address)).isEqualTo(address);
  }
}
