package io.overc.btrfs.operation;

import io.overc.btrfs.state.HostChange;
import io.overc.btrfs.state.HostContext;
import io.overc.btrfs.state.HostState;
import io.overc.btrfs.state.JournalEntry;
import io.overc.btrfs.state.Layout;
import io.overc.error.OvercException;
import io.overc.internal.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Brings what was prepared into use, takes it back, or finishes it; every step can be done again.
 *
 * <p>The order is what keeps the promise of a host upgrade. New roots take their names by exchange,
 * so each name always stands for a whole root. A kernel is published only when the root that needs
 * it is durable: the backup's after the sync that follows the exchange, the normal one's after the
 * sync that follows set-default. In between, kernel and root still belong together, because the
 * root carries the modules of the kernel it replaces (see {@link io.overc.btrfs.boot.Modules}).
 */
final class Switch {
  private final HostContext host;

  Switch(HostContext host) {
    this.host = host;
  }

  /** Switches; the commit point is in the middle: the default subvolume. */
  void run(JournalEntry entry, HostState state) throws IOException {
    if (entry.backupId() != 0) {
      install(state, Layout.BACKUP, entry.backupId());
    }
    install(state, entry.slot(), entry.nextId());
    host.sync();
    host.stagedFiles().publish(true);
    finish(entry, makeDefault(state, entry.nextId()));
  }

  /** Does what comes after the commit point. */
  void finish(JournalEntry entry, HostState state) throws IOException {
    record(entry, state);
    host.sync();
    host.stagedFiles().publish(true);
    host.stagedFiles().publish(false);
    conclude(state, List.of(Layout.fresh(entry.slot()), Layout.fresh(Layout.BACKUP)));
  }

  /**
   * Takes back what came before the commit point. A backup that has its name already keeps it: its
   * root is a whole copy of what runs, and its kernel follows.
   */
  void undo(JournalEntry entry, HostState state) throws IOException {
    String fresh = Layout.fresh(entry.slot());
    if (entry.nextId() != 0 && state.idOf(entry.slot()) == entry.nextId()) {
      swap(state.exists(fresh), entry.slot(), fresh);
    }
    if (entry.backupId() != 0 && state.idOf(Layout.BACKUP) == entry.backupId()) {
      host.sync();
      host.stagedFiles().publish(true);
    }
    host.stagedFiles().discard();
    host.delete(host.relist(state), List.of(fresh, Layout.fresh(Layout.BACKUP)));
    host.journal().clear();
  }

  /** Makes a subvolume the default, reads it back; not durable until the next sync. */
  HostState makeDefault(HostState state, long id) throws IOException {
    host.change("set-default", () -> host.subvolumes().setDefault(id));
    long now = host.subvolumes().defaultId();
    if (now != id) {
      throw new OvercException(
          "The default subvolume should be " + id + " but is " + now + ": nothing was switched");
    }
    return state.withDefault(id);
  }

  /** Records what the next boot is expected to mount; the next sync makes it durable. */
  void record(JournalEntry entry, HostState state) throws IOException {
    String expected = entry.change() == HostChange.CANCEL ? state.next() : entry.slot();
    host.change(
        "remember the switch",
        () -> host.switchRecord().note(entry.change(), expected, state.defaultId()));
  }

  /** Deletes what is not needed any more and ends the journal. */
  void conclude(HostState before, List<String> leftovers) throws IOException {
    host.delete(host.relist(before), leftovers);
    host.journal().clear();
  }

  private void install(HostState state, String name, long id) throws IOException {
    if (state.idOf(name) != id) {
      swap(state.exists(name), Layout.fresh(name), name);
    }
  }

  private void swap(boolean exchange, String from, String to) throws IOException {
    Path source = host.file(from);
    Path target = host.file(to);
    host.change(
        (exchange ? "exchange " : "rename ") + from + " " + to,
        () -> {
          if (exchange) {
            DurableFiles.exchange(source, target);
          } else {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
          }
        });
  }
}
