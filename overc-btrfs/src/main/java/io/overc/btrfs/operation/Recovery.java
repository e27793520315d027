package io.overc.btrfs.operation;

import io.overc.btrfs.state.HostChange;
import io.overc.btrfs.state.HostContext;
import io.overc.btrfs.state.HostState;
import io.overc.btrfs.state.JournalEntry;
import io.overc.btrfs.state.Layout;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.host.RecoveryResult;
import io.overc.host.RecoveryResult.Outcome;
import io.overc.internal.time.Cancellation;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Optional;

/**
 * Finishes or undoes what was interrupted. The journal names what was under way; the default
 * subvolume, which is the commit point, decides whether it is finished or undone.
 */
public final class Recovery {
  private static final int ATTEMPTS = 100;

  private final HostContext host;

  /** Prepares the recovery of a host that is open to be changed. */
  public Recovery(HostContext host) {
    this.host = host;
  }

  /** Recovers. */
  public RecoveryResult run() {
    return run(host.read());
  }

  /**
   * Recovers from a state that was just read, even if the operation is cancelled; the state is
   * still true if there was nothing to do.
   */
  public RecoveryResult run(HostState state) {
    return run(state, ATTEMPTS);
  }

  /** An interrupt stops an attempt; what it did is done, and the rest can be done again. */
  private RecoveryResult run(HostState state, int attempts) {
    return Cancellation.shielded(
        () -> {
          try {
            return attempt(state);
          } catch (InterruptedOperationException e) {
            if (attempts == 1) {
              throw e;
            }
            return run(host.read(), attempts - 1);
          }
        });
  }

  private RecoveryResult attempt(HostState state) {
    try {
      Optional<JournalEntry> entry = host.journal().read();
      if (entry.isEmpty()) {
        sweep(state);
        return new RecoveryResult(Outcome.NOTHING_TO_DO, Optional.empty());
      }
      return new RecoveryResult(
          recover(entry.get(), state), Optional.of(entry.get().change().word()));
    } catch (ClosedByInterruptException e) {
      throw new InterruptedOperationException("Interrupted during the recovery", e);
    } catch (IOException e) {
      throw new OvercException("Could not recover the interrupted operation: " + e, e);
    }
  }

  private Outcome recover(JournalEntry entry, HostState state) throws IOException {
    boolean switching = entry.step() == JournalEntry.Step.SWITCH;
    host.stagedFiles().settle();
    if (switching && entry.change() == HostChange.CANCEL) {
      Cancel.finish(host, entry, state);
      return Outcome.FINISHED;
    }
    if (switching && state.defaultId() == entry.nextId()) {
      new Switch(host).finish(entry, state);
      return Outcome.FINISHED;
    }
    new Switch(host).undo(entry, state);
    return Outcome.UNDONE;
  }

  /**
   * Removes what a power cut may leave without a journal: neither the first nor the last change of
   * an operation waits for the disk.
   */
  private void sweep(HostState state) throws IOException {
    host.stagedFiles().discard();
    host.delete(
        state,
        List.of(
            Layout.fresh(Layout.ROOTFS),
            Layout.fresh(Layout.UPGRADE),
            Layout.fresh(Layout.BACKUP)));
  }
}
