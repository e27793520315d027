package io.overc.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.config.Config;
import io.overc.error.InvalidArgumentException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerRecordsTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "web", "my_sql_0", "a.b-c", "0", "A9"})
  @DisplayName("names of letters, digits, dots and underscores are names")
  void goodNames(String name) {
    assertThat(ContainerNames.container(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-n", ".", "..", "_a", "a b", "a;b", "../x", "a/b", "a\n", "ü", "$x"})
  @DisplayName("everything else is not, and the message says what is allowed")
  void badNames(String name) {
    assertThatThrownBy(() -> ContainerNames.container(name))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("letters, digits, dots");
  }

  @Test
  @DisplayName("a name of 300 characters is refused with a short message")
  void longNames() {
    assertThatThrownBy(() -> ContainerNames.container("x".repeat(300)))
        .isInstanceOf(InvalidArgumentException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250));
  }

  @Test
  @DisplayName("the status codes are those of the container scripts")
  void statusCodes() {
    assertThat(ContainerStatus.ofCode(0)).hasValue(ContainerStatus.ABSENT);
    assertThat(ContainerStatus.ofCode(2)).hasValue(ContainerStatus.INACTIVE);
    assertThat(ContainerStatus.ofCode(3)).hasValue(ContainerStatus.ACTIVE);
    assertThat(ContainerStatus.ofCode(1)).isEmpty();
  }

  @Test
  @DisplayName("a digest reads what it prints, in lower case, and refuses what is none")
  void digests() {
    String text = "sha256:" + "AB".repeat(32);
    assertThat(ImageDigest.parse(text)).hasToString(text.toLowerCase(java.util.Locale.ROOT));
    for (String bad : new String[] {"", "sha256:", "md5:00", "sha256:" + "z".repeat(64), "abc"}) {
      assertThatThrownBy(() -> ImageDigest.parse(bad))
          .as(bad)
          .isInstanceOf(InvalidArgumentException.class);
    }
  }

  @Test
  @DisplayName("a location that is blank or looks like an option is refused")
  void locations() {
    for (String bad : new String[] {"", " ", "-x", "a\0b"}) {
      assertThatThrownBy(() -> ImageSource.of(bad)).isInstanceOf(InvalidArgumentException.class);
    }
  }

  @Test
  @DisplayName("a template is read from its keys, names with dots included")
  void templates() {
    Config config =
        Config.of(
            Map.of(
                "template.web.backend", "lxc",
                "template.web.image", "/srv/web.tar",
                "template.my.db.backend", "docker",
                "template.half.image-url", "http://host/x"));
    assertThat(Template.names(config)).containsExactly("half", "my.db", "web");
    assertThat(Template.configured(config, "web"))
        .hasValueSatisfying(
            t -> {
              assertThat(t.backend()).isEqualTo("lxc");
              assertThat(t.imagePath()).hasValue(java.nio.file.Path.of("/srv/web.tar"));
              assertThat(t.isDefault()).isFalse();
            });
    assertThat(Template.configured(config, "my.db")).isPresent();
    assertThat(Template.configured(config, "half")).isEmpty();
    assertThat(Template.builder("lxc", "lxc").build().isDefault()).isTrue();
  }
}
