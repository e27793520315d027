package io.overc.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotIdTest {
  @Test
  @DisplayName("an id is read back as it was written, in milliseconds")
  void readsBack() {
    SnapshotId id = new SnapshotId("web-1.x_y", Instant.parse("2026-11-21T09:30:00.120987Z"));
    assertThat(id).hasToString("web-1.x_y@20261121T093000.120Z");
    assertThat(SnapshotId.parse(id.toString())).contains(id);
    assertThat(id.created()).isEqualTo("2026-11-21T09:30:00.120Z");
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
        "a@b@20261121T093000.120Z"
      })
  @DisplayName("anything else is no id")
  void isNoId(String text) {
    assertThat(SnapshotId.parse(text)).isEmpty();
  }

  @Test
  @DisplayName("a bad subject is named, shortened and without control characters")
  void badSubject() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SnapshotId.checkSubject("a\u001b[1m" + "x".repeat(300)))
        .withMessageStartingWith("'a?[1mxxx")
        .withMessageContaining("\u2026' is no name: use 1 to 128 letters");
  }
}
