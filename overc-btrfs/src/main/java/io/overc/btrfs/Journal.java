package io.overc.btrfs;

import io.overc.error.OvercException;
import io.overc.error.VerificationException;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The journal in the top-level subvolume: there is one while an operation is under way. */
final class Journal {
  private final StateFile file;
  private final SideEffects effects;

  Journal(Path state, SideEffects effects) {
    this.file = new StateFile(state.resolve("journal"));
    this.effects = effects;
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

  /**
   * Writes what is under way; no later commit of the top-level subvolume is without it. What is
   * done elsewhere must wait for a sync.
   */
  void write(JournalEntry entry) throws IOException {
    effects.run(name(entry), () -> file.write(entry.toMap()));
  }

  /**
   * Writes what is under way before a snapshot, which commits the file system and this with it: a
   * power cut before that undoes everything, and recovery needs no journal to remove a beginning.
   */
  void begin(JournalEntry entry) throws IOException {
    effects.run(name(entry), () -> file.note(entry.toMap()));
  }

  /** Ends it; if a power cut brings the journal back, what it says is done already. */
  void clear() throws IOException {
    effects.run("clear the journal", file::delete);
  }

  private static String name(JournalEntry entry) {
    return "journal " + entry.verb().word() + " " + entry.step();
  }
}
