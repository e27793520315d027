package io.overc.btrfs.operation;

import io.overc.btrfs.boot.BootChange;
import io.overc.btrfs.state.HostChange;
import io.overc.btrfs.state.HostContext;
import io.overc.btrfs.state.HostState;
import io.overc.btrfs.state.JournalEntry;
import io.overc.btrfs.state.Layout;
import io.overc.event.Operation;
import io.overc.host.RollbackResult;
import java.io.IOException;
import java.util.List;

/** Makes a copy of the backup and switches the next boot to it; the backup stays. */
public final class Rollback extends TransactionalStep<RollbackResult> {
  private final HostState state;
  private final String slot;
  private boolean kernelChanged;

  /** Prepares a rollback from a state that the guards have let pass. */
  public Rollback(HostContext host, Operation operation, HostState state) {
    super(host, operation);
    this.state = state;
    this.slot = state.otherSlot();
  }

  @Override
  RollbackResult make() throws IOException {
    String fresh = Layout.fresh(slot);
    JournalEntry entry = JournalEntry.preparing(HostChange.ROLLBACK, slot);
    begin(entry);
    operation().step("snapshot " + Layout.BACKUP);
    host().change("snapshot " + fresh, () -> host().subvolumes().snapshot(Layout.BACKUP, fresh));
    operation().step("prepare the kernel files");
    host().dropCarriedModules(fresh);
    host().carryModules(state.running(), fresh);
    List<BootChange> kernel = host().bootFiles().changesFromBackup();
    kernelChanged = !kernel.isEmpty();
    host().keptFiles().forget();
    host().keptFiles().keep(kernel);
    host().stagedFiles().stage(kernel);
    operation().step("switch the next boot");
    HostState current = host().relist(state);
    JournalEntry switching = entry.switching(current.idOf(fresh), 0);
    host().journal().write(switching);
    new Switch(host()).run(switching, current);
    return prepared();
  }

  @Override
  RollbackResult prepared() {
    return new RollbackResult(slot, kernelChanged, false);
  }
}
