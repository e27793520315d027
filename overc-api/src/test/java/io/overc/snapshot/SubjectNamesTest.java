package io.overc.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.InvalidArgumentException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectNamesTest {
  @Test
  @DisplayName("an invalid name is shown, shortened and without control characters")
  void invalidName() {
    assertThatThrownBy(() -> SubjectNames.check("a\u001b[1m" + "x".repeat(300)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageStartingWith("Invalid subject name 'a?[1mxxx")
        .hasMessageContaining("\u2026': expected at most 128 letters");
    assertThat(SubjectNames.check("x".repeat(128))).hasSize(128);
  }

  @ParameterizedTest
  @ValueSource(strings = {"web@20261121T093000.120Z", "my_1_2", "web/snap0", "web-20261121-1-00ff"})
  @DisplayName("the ids of all backends are ids")
  void ids(String text) {
    assertThat(SnapshotId.of(text)).hasToString(text);
    assertThat(SnapshotId.parse(text)).contains(SnapshotId.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "..", "../x", "/x", "a/../b", "a//b", "a/", "-n", "a b", "a\nb", "a\n"})
  @DisplayName("what could leave a directory or be an option is no id")
  void noIds(String text) {
    assertThat(SnapshotId.parse(text)).isEmpty();
    assertThatThrownBy(() -> SnapshotId.of(text)).isInstanceOf(InvalidArgumentException.class);
  }
}
