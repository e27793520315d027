package io.overc.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
  @TempDir private Path directory = Path.of("");

  @Test
  @DisplayName("what was written is read, however it was written; what was deleted is gone")
  void roundTrip() throws IOException {
    JournalFile journal = journal();
    assertThat(journal.read()).isEmpty();
    journal.write(Map.of("operation", "UPGRADE", "name", "\u00e9=\u00ff"));
    assertThat(journal.read()).contains(Map.of("operation", "UPGRADE", "name", "\u00e9=\u00ff"));
    journal.writeBeforeCommit(Map.of("step", "1"));
    assertThat(journal.read()).contains(Map.of("step", "1"));
    journal.note(Map.of("step", "2"));
    assertThat(journal.read()).contains(Map.of("step", "2"));
    journal.delete();
    journal.delete();
    assertThat(journal.read()).isEmpty();
  }

  @Test
  @DisplayName("a part of the file is never taken for the whole, and stays for whoever repairs it")
  void damaged() throws IOException {
    journal().write(Map.of("operation", "UPGRADE", "step", "SWITCH"));
    byte[] whole = Files.readAllBytes(file());
    for (int length = 1; length < whole.length - 1; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      Files.write(file(), part);
      assertThatThrownBy(() -> journal().read())
          .isInstanceOf(VerificationException.class)
          .hasMessageContainingAll("the journal is corrupt", "checksum", "look at it");
      assertThat(file()).hasBinaryContent(part);
    }
  }

  private Path file() {
    return directory.resolve("state/journal");
  }

  private JournalFile journal() {
    return new JournalFile(file(), "the journal", Remedy.other("look at it"));
  }
}
