package io.overc.btrfs;

import io.overc.error.OvercException;
import io.overc.error.VerificationException;
import io.overc.spi.Mutations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The journal in the top-level subvolume: there is one while an operation is under way. */
final class Journal {
  private final StateFile file;
  private final Mutations mutations;

  Journal(Path state, Mutations mutations) {
    this.file = new StateFile(state.resolve("journal"));
    this.mutations = mutations;
  }

  /**
   * Returns the operation that is under way, or was when its process died.
   *
   * @throws VerificationException if the journal is corrupt
   */
  Optional<JournalEntry> read() {
    try {
      return file.read().map(JournalEntry::of);
    } catch (IllegalArgumentException e) {
      throw file.corrupt(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new OvercException("Could not read the journal: " + e, e);
    }
  }

  void write(JournalEntry entry) throws IOException {
    String name = "journal " + entry.verb().word() + " " + entry.step();
    mutations.run(name, () -> file.write(entry.toMap()));
  }

  void clear() throws IOException {
    mutations.run("clear the journal", file::delete);
  }
}
