package io.overc.lxc.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.VerificationException;
import io.overc.event.OperationKind;
import io.overc.snapshot.SnapshotId;
import io.overc.spi.Intent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
  private static final SnapshotId ID = SnapshotId.of("web_1");

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("web");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("a journal says again what was written")
  void again(boolean active) {
    Intent intent = Intent.replace(OperationKind.CONTAINER_ACTIVATE, active, true, Optional.of(ID));
    Journal.write(file, intent);
    assertThat(Journal.read(file).map(Intent::text)).hasValue(intent.text());
    assertThat(Journal.read(directory.resolve("other"))).isEmpty();
  }

  @Test
  @DisplayName("a journal of which a part was changed is an error, not another intent")
  void changed() throws IOException {
    Journal.write(file, Intent.inPlace(OperationKind.CONTAINER_UPGRADE, true, Optional.of(ID)));
    Files.writeString(file, Files.readString(file).replace("web_1", "web_2"));
    assertThatThrownBy(() -> Journal.read(file))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("checksum");
  }

  @Test
  @DisplayName("an intent that an earlier version wrote without a checksum is understood")
  void withoutChecksum() throws IOException {
    Intent intent = Intent.replace(OperationKind.CONTAINER_ACTIVATE, true, true, Optional.of(ID));
    Files.writeString(file, intent.text() + "\n");
    assertThat(Journal.read(file).map(Intent::text)).hasValue(intent.text());
  }

  @ParameterizedTest
  @CsvSource({
    "UPGRADE, true, IN_PLACE, true, true",
    "UPGRADE, false, IN_PLACE, false, false",
    "SWITCH, true, REPLACE, true, true",
    "SWITCH, false, REPLACE, false, true",
    "COMMIT, true, REPLACE, true, false"
  })
  @DisplayName("a journal of an earlier version is understood")
  void earlier(String step, boolean before, Intent.Type type, boolean active, boolean start)
      throws IOException {
    Files.writeString(
        file, "step=%s\npresent=true\nactive=%s\nkeep=web_1\n".formatted(step, before));
    assertThat(Journal.read(file))
        .hasValueSatisfying(
            intent -> {
              assertThat(intent.type()).isEqualTo(type);
              assertThat(intent.active()).isEqualTo(active);
              assertThat(intent.start()).isEqualTo(start);
              assertThat(intent.snapshot()).hasValue(ID);
            });
  }

  @Test
  @DisplayName("what an earlier version was to remove becomes no snapshot")
  void earlierRollback() throws IOException {
    Files.writeString(file, "step=SWITCH\npresent=true\nactive=true\nfrozen=false\nkeep=\n");
    Intent intent = Journal.read(file).orElseThrow();
    assertThat(intent.start()).isTrue();
    assertThat(intent.snapshot()).isEmpty();
  }

  @Test
  @DisplayName("a damaged journal is an error that names it")
  void damaged() throws IOException {
    Files.writeString(file, "step=WHAT\n");
    assertThatThrownBy(() -> Journal.read(file))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining(file.toString());
  }
}
