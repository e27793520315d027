package io.overc.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.InvalidArgumentException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ImageEventTest {
  @Test
  @DisplayName("an event is read from the environment; other and empty variables are left out")
  void fromEnvironment() {
    ImageEvent event =
        ImageEvent.fromEnvironment(
            Map.of(
                "VMCATCHER_EVENT_TYPE", "AvailablePostfix",
                "VMCATCHER_EVENT_DC_IDENTIFIER", "x",
                "VMCATCHER_EVENT_SOMETHING_NEW", "kept",
                "VMCATCHER_EVENT_VO", "",
                "VMCATCHER_CACHE_DIR_CACHE", "/cache",
                "HOME", "/root"));
    assertThat(event.type()).isEqualTo(ImageEventType.AVAILABLE_POSTFIX);
    assertThat(event.attributes())
        .containsOnlyKeys(
            "VMCATCHER_EVENT_TYPE",
            "VMCATCHER_EVENT_DC_IDENTIFIER",
            "VMCATCHER_EVENT_SOMETHING_NEW");
    assertThat(event.file()).isEqualTo(Path.of("/cache/x"));
  }

  @Test
  @DisplayName("both spellings of the expiry are one type; unknown types are carried")
  void types() {
    assertThat(ImageEvent.of("ExpirePostfix", "x").type()).isEqualTo(ImageEventType.EXPIRE_POSTFIX);
    assertThat(ImageEvent.of("ExpirePosfix", "x").type()).isEqualTo(ImageEventType.EXPIRE_POSTFIX);
    ImageEvent unknown = ImageEvent.of("Renamed", "x");
    assertThat(unknown.type()).isEqualTo(ImageEventType.UNKNOWN);
    assertThat(unknown.typeName()).isEqualTo("Renamed");
  }

  @Test
  @DisplayName("an event without a type says which variable is empty")
  void withoutType() {
    assertThatThrownBy(() -> ImageEvent.fromEnvironment(Map.of("VMCATCHER_EVENT_TYPE", "")))
        .isInstanceOf(IncompleteEventException.class)
        .hasMessageContaining("VMCATCHER_EVENT_TYPE is empty");
  }

  @Test
  @DisplayName("the file lies in the cache, whatever the event calls it")
  void file() {
    ImageEvent event =
        ImageEvent.of("AvailablePostfix", "x").with("VMCATCHER_CACHE_DIR_CACHE", "/cache");
    assertThat(event.with("FILENAME", "sub/y").file()).isEqualTo(Path.of("/cache/sub/y"));
    assertThat(event.with("FILENAME", "/cache/y").file()).isEqualTo(Path.of("/cache/y"));
    for (String name : new String[] {"../etc/shadow", "/etc/shadow", ".", "a/../.."}) {
      assertThatThrownBy(() -> event.with("FILENAME", name).file())
          .as(name)
          .isInstanceOf(InvalidArgumentException.class);
    }
    assertThatThrownBy(() -> ImageEvent.of("AvailablePostfix", "x").file())
        .isInstanceOf(IncompleteEventException.class)
        .hasMessageContaining("VMCATCHER_CACHE_DIR_CACHE");
  }
}
