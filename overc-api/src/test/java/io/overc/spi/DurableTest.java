package io.overc.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableTest {
  @TempDir Path directory;

  @Test
  @DisplayName("a step is done to its end although the thread is interrupted, and the flag stays")
  void interrupted() throws IOException {
    Path draft = Files.writeString(directory.resolve("draft"), "new");
    Path place = Files.writeString(directory.resolve("place"), "old");
    Thread.currentThread().interrupt();
    Durable.sync(draft);
    Durable.rename(draft, place);
    Durable.sync(directory);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(place).hasContent("new");
    assertThat(Durable.delete(place)).isTrue();
    assertThat(Durable.delete(place)).isFalse();
    assertThat(directory).isEmptyDirectory();
  }
}
