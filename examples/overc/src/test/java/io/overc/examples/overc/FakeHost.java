package io.overc.examples.overc;

import io.overc.error.BusyException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.host.HostStatus;
import io.overc.host.HostUpgrader;
import io.overc.host.PackageChange;
import io.overc.host.Phase;
import io.overc.host.Preflight;
import io.overc.host.Preflight.Requirement;
import io.overc.host.Preflight.Verdict;
import io.overc.host.RecoveryResult;
import io.overc.host.RollbackOptions;
import io.overc.host.RollbackResult;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeOptions.PendingPolicy;
import io.overc.host.UpgradePlan;
import io.overc.host.UpgradeResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Answers as a host in one phase would: clean has something newer, upgrade pending has nothing
 * newer, backup mode refuses and has a broken requirement, interrupted is busy. It warns of the
 * options it was given.
 */
record FakeHost(Phase phase) implements HostUpgrader {
  private static final List<PackageChange> NEWER =
      List.of(
          new PackageChange("hello.x86_64", Optional.of("1.0-1"), "2.0-1"),
          new PackageChange("libgreet", Optional.empty(), "0.1-1"));

  @Override
  public HostStatus status() {
    boolean pending = phase == Phase.UPGRADE_PENDING;
    return new HostStatus(
        phase,
        phase == Phase.BACKUP_MODE ? "rootfs_bakup" : "rootfs",
        pending ? "rootfs_upgrade" : "rootfs",
        Optional.of("rootfs_bakup"),
        List.of(
            new HostStatus.Slot("rootfs", true, !pending),
            new HostStatus.Slot("rootfs_upgrade", false, pending),
            new HostStatus.Slot("rootfs_bakup", false, false)),
        List.of(
            new HostStatus.KernelFile("bzImage", 9_500_000, Instant.EPOCH, false),
            new HostStatus.KernelFile("bzImage_bakup", 900, Instant.EPOCH, true)),
        Optional.of(
            new HostStatus.LastSwitch(
                "upgrade",
                "rootfs_upgrade",
                Instant.EPOCH,
                pending
                    ? HostStatus.BootOutcome.NOT_BOOTED_YET
                    : HostStatus.BootOutcome.BOOTED_OTHER)),
        phase == Phase.INTERRUPTED ? Optional.of("upgrade") : Optional.empty());
  }

  @Override
  public Preflight preflight() {
    boolean broken = phase == Phase.BACKUP_MODE;
    return new Preflight(
        List.of(
            new Requirement("btrfs root", Verdict.MET, "/ is btrfs", Optional.empty()),
            new Requirement("space", Verdict.WARNING, "1 GiB left", fix("delete something")),
            new Requirement(
                "no subvol= in fstab",
                broken ? Verdict.BROKEN : Verdict.MET,
                broken ? "/etc/fstab:3 has subvol=rootfs" : "none",
                broken ? fix("remove it") : Optional.empty())));
  }

  private static Optional<Remedy> fix(String text) {
    return Optional.of(Remedy.other(text));
  }

  @Override
  public void update(OperationOptions call) {
    if (phase == Phase.BACKUP_MODE) {
      throw new OvercException("Could not refresh the package lists: the repository is gone");
    }
  }

  @Override
  public List<PackageChange> availableUpdates() {
    return phase == Phase.CLEAN ? NEWER : List.of();
  }

  @Override
  public UpgradePlan plan(UpgradeOptions options) {
    return options.force() || phase == Phase.CLEAN
        ? new UpgradePlan(
            availableUpdates(),
            List.of(
                new UpgradePlan.Action(UpgradePlan.Kind.SNAPSHOT, "rootfs as rootfs_upgrade"),
                new UpgradePlan.Action(UpgradePlan.Kind.SWITCH, options.toString())))
        : new UpgradePlan(List.of(), List.of());
  }

  @Override
  public UpgradeResult upgrade(UpgradeOptions options, OperationOptions call) {
    guard();
    if (phase == Phase.UPGRADE_PENDING && options.pending() == PendingPolicy.REFUSE) {
      throw new RefusedException(
          Guard.PENDING,
          "Could not upgrade: an upgrade is pending",
          Remedy.of(Remedy.Action.HOST_PENDING_POLICY, "", "cancel it, or continue from it"));
    }
    Operation.run(
        call,
        OperationKind.HOST_UPGRADE,
        "/",
        operation -> {
          operation.step("snapshot rootfs as rootfs_upgrade");
          operation.warn(options.toString());
          return true;
        });
    return phase == Phase.CLEAN || options.force()
        ? new UpgradeResult(
            true,
            Optional.of("rootfs_upgrade"),
            availableUpdates(),
            !options.force(),
            options.reboot())
        : UpgradeResult.nothingNewer();
  }

  @Override
  public RollbackResult rollback(RollbackOptions options, OperationOptions call) {
    guard();
    return new RollbackResult("rootfs_upgrade", true, options.reboot());
  }

  @Override
  public boolean cancel(OperationOptions call) {
    guard();
    return phase == Phase.UPGRADE_PENDING;
  }

  @Override
  public RecoveryResult recover(OperationOptions call) {
    return phase == Phase.INTERRUPTED
        ? new RecoveryResult(RecoveryResult.Outcome.UNDONE, Optional.of("upgrade"))
        : new RecoveryResult(RecoveryResult.Outcome.NOTHING_TO_DO, Optional.empty());
  }

  private void guard() {
    if (phase == Phase.BACKUP_MODE) {
      throw new RefusedException(
          Guard.BACKUP_MODE, "Could not upgrade: rootfs_bakup runs; boot the default entry");
    }
    if (phase == Phase.INTERRUPTED) {
      throw new BusyException("host upgrade of /", "pid 4711: upgrade");
    }
  }
}
