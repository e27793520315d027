package io.overc.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("an address is shown without its secrets")
class UrlsTest {
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
    "/a/path?no@url, /a/path?no@url"
  })
  void one(String address, String shown) {
    assertThat(Urls.shown(address)).isEqualTo(shown);
  }

  @Test
  @DisplayName("so is every address in a text")
  void inText() {
    assertThat(Urls.shown("Could not read http://a:b@c/d?e f, nor ftp://g:h@i/j; try again"))
        .isEqualTo("Could not read http://***@c/d?*** f, nor ftp://***@i/j; try again");
  }
}
