package io.overc.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.InvalidArgumentException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "web_0", "web@20261121T093000.120Z", "a/b-c/d+e:f", "Z9._-@+:"})
  @DisplayName("an id is read and shown as it is")
  void valid(String text) {
    assertThat(SnapshotId.of(text)).hasToString(text);
    assertThat(SnapshotId.parse(text)).contains(SnapshotId.of(text));
    assertThat(SnapshotId.parse(text + "a".repeat(255 - text.length()))).isPresent();
    assertThat(SnapshotId.parse(text + "a".repeat(256 - text.length()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/a", "a/", "a//b", "-a", ".a", "a/.b", "a b", "a\n", "ä", "a*", "a\\b"})
  @DisplayName("what leaves its directory or means something to a shell is no id")
  void invalid(String text) {
    assertThat(SnapshotId.parse(text)).isEmpty();
    assertThatThrownBy(() -> SnapshotId.of(text)).isInstanceOf(InvalidArgumentException.class);
  }
}
