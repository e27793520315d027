package io.overc.btrfs.state;

import io.overc.error.OvercException;
import io.overc.error.VerificationException;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The journal in the top-level subvolume: there is one while an operation is under way. */
public final class Journal {
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
  public Optional<JournalEntry> read() {
    try {
      return file.read().map(JournalEntry::of);
    } catch (IllegalArgumentException e) {
      throw file.corrupt(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new OvercException("Could not read the journal: " + e, e);
    }
  }

  /**
   * Writes what is under way; it is included in the next commit of the top-level subvolume. What is
   * done elsewhere must wait for a sync.
   */
  public void write(JournalEntry entry) throws IOException {
    effects.run(name(entry), () -> file.write(entry.toMap()));
  }

  /**
   * Writes what is under way before a snapshot, which commits the file system and this with it: a
   * power cut before that undoes everything, and recovery removes a beginning without a journal.
   */
  public void begin(JournalEntry entry) throws IOException {
    effects.run(name(entry), () -> file.note(entry.toMap()));
  }

  /** Ends it; if a power cut brings the journal back, what it names is done already. */
  public void clear() throws IOException {
    effects.run("clear the journal", file::delete);
  }

  private static String name(JournalEntry entry) {
    return "journal " + entry.change().word() + " " + entry.step();
  }
}
