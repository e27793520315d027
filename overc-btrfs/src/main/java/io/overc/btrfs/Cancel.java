package io.overc.btrfs;

import io.overc.btrfs.boot.BootChange;
import io.overc.error.RefusedException;
import java.io.IOException;
import java.util.List;

/**
 * Drops what is pending: the next boot brings up what runs. Once it has begun it only goes forward.
 * The kernel goes back first, because the pending root carries its modules and the running one does
 * not carry those of the pending kernel.
 */
final class Cancel {
  private final Session session;

  Cancel(Session session) {
    this.session = session;
  }

  /** Returns whether there was anything pending. */
  boolean run(HostState state) throws IOException {
    if (!state.pending()) {
      return false;
    }
    if (!Layout.isSlot(state.next())) {
      throw new RefusedException(
          "The next boot brings up "
              + state.next()
              + ", which no upgrade made: set the default subvolume by hand (btrfs subvolume"
              + " set-default)");
    }
    JournalEntry entry = JournalEntry.preparing(JournalEntry.Verb.CANCEL, state.next());
    session.journal().begin(entry);
    // No snapshot commits it, and what is staged next must not be taken for the end of what is
    // cancelled.
    session.sync();
    List<BootChange> changes = session.bootFiles().changesFrom(session.keptFiles().directory());
    session.stagedFiles().stage(changes);
    JournalEntry switching = entry.switching(state.runningId(), 0);
    session.journal().write(switching);
    session.sync();
    finish(switching, state);
    return true;
  }

  void finish(JournalEntry entry, HostState state) throws IOException {
    Switch change = new Switch(session);
    session.stagedFiles().publish(false);
    HostState switched = state;
    if (state.defaultId() != entry.nextId()) {
      switched = change.makeDefault(state, entry.nextId());
    }
    change.remember(entry, switched);
    session.sync();
    change.conclude(switched, List.of(entry.slot()));
  }
}
