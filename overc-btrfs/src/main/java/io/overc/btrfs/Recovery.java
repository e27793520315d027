package io.overc.btrfs;

import io.overc.error.OvercException;
import io.overc.host.RecoveryResult;
import io.overc.host.RecoveryResult.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Finishes or undoes what was interrupted. The journal says what was under way; whether it is
 * finished or undone is decided by what the disk says: the default subvolume is the commit point.
 */
final class Recovery {
  private final Session session;

  Recovery(Session session) {
    this.session = session;
  }

  RecoveryResult run() {
    return run(session.read());
  }

  /** Recovers from a state that was just read; it is still true if there was nothing to do. */
  RecoveryResult run(HostState state) {
    try {
      Optional<JournalEntry> entry = session.journal().read();
      if (entry.isEmpty()) {
        sweep(state);
        return new RecoveryResult(Outcome.NOTHING_TO_DO, Optional.empty());
      }
      return new RecoveryResult(
          recover(entry.get(), state), Optional.of(entry.get().verb().word()));
    } catch (IOException e) {
      throw new OvercException("Could not recover the interrupted operation: " + e, e);
    }
  }

  private Outcome recover(JournalEntry entry, HostState state) throws IOException {
    boolean switching = entry.step() == JournalEntry.Step.SWITCH;
    session.stagedFiles().settle();
    if (switching && entry.verb() == JournalEntry.Verb.CANCEL) {
      new Cancel(session).finish(entry, state);
      return Outcome.FINISHED;
    }
    if (switching && state.defaultId() == entry.nextId()) {
      new Switch(session).finish(entry, state);
      return Outcome.FINISHED;
    }
    new Switch(session).undo(entry, state);
    return Outcome.UNDONE;
  }

  /**
   * Removes what a power cut may leave without a journal: neither the first nor the last thing that
   * is done with it waits for the disk.
   */
  private void sweep(HostState state) throws IOException {
    session.stagedFiles().discard();
    session.delete(
        state,
        List.of(
            Layout.fresh(Layout.ROOTFS),
            Layout.fresh(Layout.UPGRADE),
            Layout.fresh(Layout.BACKUP)));
  }
}
