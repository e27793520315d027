package io.overc.btrfs;

import io.overc.btrfs.boot.BootChange;
import io.overc.event.Operation;
import io.overc.host.RollbackResult;
import java.io.IOException;
import java.util.List;

/** Makes a copy of the backup and switches the next boot to it; the backup stays. */
final class Rollback {
  static final int STEPS = 4;

  private final Session session;
  private final Operation operation;
  private final HostState state;

  /** Rolls back from a state that the guards have let pass. */
  Rollback(Session session, Operation operation, HostState state) {
    this.session = session;
    this.operation = operation;
    this.state = state;
  }

  RollbackResult run() throws IOException {
    String slot = state.otherSlot();
    String fresh = Layout.fresh(slot);
    JournalEntry entry = JournalEntry.preparing(JournalEntry.Verb.ROLLBACK, slot);
    session.journal().begin(entry);
    operation.step("snapshot " + Layout.BACKUP);
    session.change("snapshot " + fresh, () -> session.subvolumes().snapshot(Layout.BACKUP, fresh));
    operation.step("prepare the kernel files");
    session.dropCarriedModules(fresh);
    session.carryModules(state.running(), fresh);
    List<BootChange> kernel = session.bootFiles().changesFromBackup();
    session.keptFiles().forget();
    session.keptFiles().keep(kernel);
    session.stagedFiles().stage(kernel);
    operation.step("switch the next boot");
    HostState prepared = session.relist(state);
    JournalEntry switching = entry.switching(prepared.idOf(fresh), 0);
    session.journal().write(switching);
    new Switch(session).run(switching, prepared);
    return new RollbackResult(slot, !kernel.isEmpty(), false);
  }
}
