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

  static void nothingPending(HostState state, String verb) {
    if (state.pending()) {
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
