package io.overc.btrfs.preflight;

import io.overc.btrfs.state.HostContext;
import io.overc.btrfs.state.HostState;
import io.overc.btrfs.state.Layout;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.error.Remedy.Action;
import io.overc.host.Preflight;
import io.overc.host.Preflight.Requirement;
import io.overc.host.UpgradeOptions.PendingPolicy;
import java.util.stream.Collectors;

/** Refuses what would endanger the host, before anything is touched. */
public final class Guards {
  private Guards() {}

  /** Lets an upgrade pass: not in backup mode, not pending unless allowed, requirements met. */
  public static void upgrade(HostContext host, HostState state, PendingPolicy pending) {
    notInBackupMode(state, "upgrade");
    if (pending == PendingPolicy.REFUSE) {
      nothingPending(
          state,
          "upgrade",
          Action.HOST_PENDING_POLICY,
          "reboot into it, cancel it, continue from it, or replace it");
    }
    meetsRequirements(HostPreflight.of(host, state));
  }

  /** Lets a rollback pass: not in backup mode, nothing pending, requirements met, a backup. */
  public static void rollback(HostContext host, HostState state) {
    notInBackupMode(state, "rollback");
    nothingPending(state, "rollback", Action.HOST_CANCEL, "reboot into it, or cancel it");
    meetsRequirements(HostPreflight.of(host, state));
    if (!state.exists(Layout.BACKUP)) {
      throw new RefusedException(
          Guard.NO_BACKUP,
          "There is no " + Layout.BACKUP + " to go back to: the host was never upgraded");
    }
  }

  /** Lets an operation pass that only requires a slot that runs. */
  public static void inSlot(HostState state, String operation) {
    notInBackupMode(state, operation);
    slotOrBackup(state, operation);
  }

  /**
   * A name that is not a slot's, such as that of the top level, must never become a path.
   *
   * @throws RefusedException if neither a slot nor the backup runs
   */
  public static void slotOrBackup(HostState state, String operation) {
    if (!Layout.isSlot(state.running()) && !state.inBackupMode()) {
      throw new RefusedException(
          Guard.PREFLIGHT,
          "The running root is '%s', not '%s' or '%s': no %s"
              .formatted(state.running(), Layout.ROOTFS, Layout.UPGRADE, operation),
          Remedy.of(Action.HOST_PREFLIGHT, "", "boot a root in one of these subvolumes"));
    }
  }

  private static void notInBackupMode(HostState state, String operation) {
    if (state.inBackupMode()) {
      throw new RefusedException(
          Guard.BACKUP_MODE,
          "The backup is running: no " + operation + " in backup mode",
          Remedy.of(Action.REBOOT, "", "reboot through the normal boot entry first"));
    }
  }

  /** A default that no upgrade made is not pending; the preflight tells what is wrong with it. */
  private static void nothingPending(
      HostState state, String operation, Action action, String remedy) {
    if (state.pending() && Layout.isSlot(state.next())) {
      throw new RefusedException(
          Guard.PENDING,
          "%s runs but the next boot mounts %s: no %s now"
              .formatted(state.running(), state.next(), operation),
          Remedy.of(action, state.next(), remedy));
    }
  }

  private static void meetsRequirements(Preflight preflight) {
    if (!preflight.passed()) {
      throw new RefusedException(
          Guard.PREFLIGHT,
          preflight.broken().stream()
              .map(Guards::sentence)
              .collect(Collectors.joining("; ", "The host does not meet the requirements: ", "")),
          Remedy.of(Action.HOST_PREFLIGHT, "", "fix this and retry"));
    }
  }

  private static String sentence(Requirement broken) {
    String fix = broken.fix().map(remedy -> " (" + remedy.text() + ")").orElse("");
    return broken.title() + ": " + broken.detail() + fix;
  }
}
