package io.overc.btrfs;

import io.overc.error.RefusedException;
import io.overc.host.Preflight;
import java.util.stream.Collectors;

/** Refuses what would endanger the host. */
final class Guards {
  private Guards() {}

  static void notInBackupMode(HostState state, String verb) {
    if (state.inBackupMode()) {
      throw new RefusedException(
          "The backup is running: no "
              + verb
              + " in backup mode. Reboot through the normal boot entry first");
    }
  }

  /** A name that is no slot's, such as that of the top level, must never become a path. */
  static void inSlot(HostState state, String verb) {
    if (!Layout.isSlot(state.running()) && !state.inBackupMode()) {
      throw new RefusedException(
          "What runs is '%s', not '%s' or '%s': no %s. Boot a root in one of these subvolumes"
              .formatted(state.running(), Layout.ROOTFS, Layout.UPGRADE, verb));
    }
  }

  /** A default that no upgrade made is not pending; the preflight tells what is wrong with it. */
  static void nothingPending(HostState state, String verb) {
    if (state.pending() && Layout.isSlot(state.next())) {
      throw new RefusedException(
          "%s runs but the next boot brings up %s: no %s now. Reboot into it, or drop it with cancel%s"
              .formatted(
                  state.running(),
                  state.next(),
                  verb,
                  verb.equals("upgrade") ? ", or ask to continue from it or to replace it" : ""));
    }
  }

  static void hasBackup(HostState state) {
    if (!state.exists(Layout.BACKUP)) {
      throw new RefusedException(
          "There is no " + Layout.BACKUP + " to go back to: the host was never upgraded");
    }
  }

  static void passed(Preflight preflight) {
    if (!preflight.passed()) {
      throw new RefusedException(
          preflight.broken().stream()
              .map(r -> r.title() + ": " + r.detail() + " (" + r.cure() + ")")
              .collect(Collectors.joining("; ", "The host is not laid out for upgrades: ", "")));
    }
  }
}
