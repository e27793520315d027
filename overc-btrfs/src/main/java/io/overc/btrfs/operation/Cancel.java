package io.overc.btrfs.operation;

import io.overc.btrfs.boot.BootChange;
import io.overc.btrfs.state.HostChange;
import io.overc.btrfs.state.HostContext;
import io.overc.btrfs.state.HostState;
import io.overc.btrfs.state.JournalEntry;
import io.overc.btrfs.state.Layout;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import java.io.IOException;
import java.util.List;

/**
 * Drops what is pending: the next boot mounts the running root. Once it has begun it only goes
 * forward. The kernel goes back first, because the pending root carries its modules and the running
 * one does not carry those of the pending kernel.
 */
public final class Cancel extends TransactionalStep<Boolean> {
  private final HostState state;

  /** Prepares a cancel from a state that the guards have let pass. */
  public Cancel(HostContext host, Operation operation, HostState state) {
    super(host, operation);
    this.state = state;
  }

  @Override
  Boolean make() throws IOException {
    if (!state.pending()) {
      return false;
    }
    if (!Layout.isSlot(state.next())) {
      throw new RefusedException(
          Guard.PREFLIGHT,
          "The next boot mounts " + state.next() + ", which no upgrade made",
          Remedy.other("set the default subvolume by hand (btrfs subvolume set-default)"));
    }
    JournalEntry entry = JournalEntry.preparing(HostChange.CANCEL, state.next());
    begin(entry);
    // No snapshot commits it, and what is staged next must not be taken for the end of what is
    // cancelled.
    host().sync();
    List<BootChange> changes = host().bootFiles().changesFrom(host().keptFiles().directory());
    host().stagedFiles().stage(changes);
    JournalEntry switching = entry.switching(state.runningId(), 0);
    host().journal().write(switching);
    host().sync();
    finish(host(), switching, state);
    return true;
  }

  @Override
  Boolean prepared() {
    return true;
  }

  /** Does what comes after the commit point, which for a cancel is its entry in the journal. */
  static void finish(HostContext host, JournalEntry entry, HostState state) throws IOException {
    Switch change = new Switch(host);
    host.stagedFiles().publish(false);
    HostState switched = state;
    if (state.defaultId() != entry.nextId()) {
      switched = change.makeDefault(state, entry.nextId());
    }
    change.record(entry, switched);
    host.sync();
    change.conclude(switched, List.of(entry.slot()));
  }
}
