package io.overc.btrfs.state;

import io.overc.error.OvercException;
import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.internal.file.JournalFile;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The journal in the top-level subvolume: there is one while an operation is under way. */
public final class Journal {
  private final JournalFile file;
  private final SideEffects effects;

  Journal(Path state, SideEffects effects) {
    this.file = file(state, "journal");
    this.effects = effects;
  }

  /** Returns a file of the top-level subvolume, which is mounted where nobody else sees it. */
  static JournalFile file(Path state, String name) {
    return new JournalFile(
        state.resolve(name),
        "%s in the top-level subvolume".formatted(Path.of(Layout.STATE, name)),
        Remedy.of(
            Remedy.Action.HOST_STATUS,
            "",
            "check that the status names the right roots, then remove the file and retry"));
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
    effects.run(name(entry), () -> file.writeBeforeCommit(entry.toMap()));
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
