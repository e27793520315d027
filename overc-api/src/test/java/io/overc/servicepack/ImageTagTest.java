package io.overc.servicepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.InvalidArgumentException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the name of an image")
class ImageTagTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "mysql, mysql, latest",
    "mysql:5.7, mysql, 5.7",
    "team/my_sql:a-B_c., team/my_sql, a-B_c.",
    "localhost:5000/mysql, localhost:5000/mysql, latest",
    "registry.example.org:5000/a/b-c:1, registry.example.org:5000/a/b-c, 1",
  })
  @DisplayName("is a repository and a tag, by default latest")
  void parses(String text, String repository, String tag) {
    assertThat(ImageTag.parse(text)).isEqualTo(new ImageTag(repository, tag));
    assertThat(ImageTag.parse(ImageTag.parse(text).toString())).isEqualTo(ImageTag.parse(text));
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {"", ":", "a:", ":a", "UPPER", "a b", "-a", "a:-b", "a//b", "a/", "--all", "a@b"})
  @DisplayName("is refused with what is allowed where it is none")
  void refuses(String text) {
    assertThatThrownBy(() -> ImageTag.parse(text))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("is an invalid image");
  }
}
