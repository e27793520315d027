package io.overc.btrfs.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.VerificationException;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
  @TempDir private Path state = Path.of("");

  @Test
  @DisplayName("what was written is read; what was cleared is gone")
  void roundTrip() throws IOException {
    Journal journal = new Journal(state, SideEffects.direct());
    JournalEntry entry =
        JournalEntry.preparing(HostChange.UPGRADE, "rootfs_upgrade").switching(260, 261);

    journal.write(entry);
    assertThat(journal.read()).contains(entry);
    journal.clear();
    assertThat(journal.read()).isEmpty();
  }

  @Test
  @DisplayName("an empty journal, which a power cut may leave of a beginning, is none")
  void empty() throws IOException {
    Files.createFile(state.resolve("journal"));

    assertThat(new Journal(state, SideEffects.direct()).read()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "operation=UPGRADE\ncheck=0\n", "check="})
  @DisplayName("a corrupt journal is refused and stays as it is")
  void corrupt(String text) throws IOException {
    Files.writeString(state.resolve("journal"), text);

    assertThatThrownBy(() -> new Journal(state, SideEffects.direct()).read())
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("is corrupt")
        .hasMessageContaining("remove the file");
    assertThat(state.resolve("journal")).hasContent(text);
  }

  @Test
  @DisplayName("a whole file that names no slot is corrupt too")
  void senseless() throws IOException {
    Journal.file(state, "journal")
        .write(Map.of("operation", "UPGRADE", "step", "SWITCH", "slot", "../etc"));

    assertThatThrownBy(() -> new Journal(state, SideEffects.direct()).read())
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("'../etc' is not a slot");
  }
}
