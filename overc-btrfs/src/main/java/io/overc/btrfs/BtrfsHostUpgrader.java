package io.overc.btrfs;

import io.overc.btrfs.operation.Cancel;
import io.overc.btrfs.operation.Planner;
import io.overc.btrfs.operation.Recovery;
import io.overc.btrfs.operation.Rollback;
import io.overc.btrfs.operation.StatusReport;
import io.overc.btrfs.operation.Upgrade;
import io.overc.btrfs.preflight.Guards;
import io.overc.btrfs.preflight.HostPreflight;
import io.overc.btrfs.state.HostContext;
import io.overc.btrfs.state.HostSettings;
import io.overc.btrfs.state.HostState;
import io.overc.config.Config;
import io.overc.error.ConfigException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.host.HostStatus;
import io.overc.host.HostUpgrader;
import io.overc.host.PackageChange;
import io.overc.host.Preflight;
import io.overc.host.RecoveryResult;
import io.overc.host.RollbackOptions;
import io.overc.host.RollbackResult;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeOptions.PendingPolicy;
import io.overc.host.UpgradePlan;
import io.overc.host.UpgradeResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Upgrades a host whose root is a btrfs subvolume.
 *
 * <p>The running root is {@code rootfs} or {@code rootfs_upgrade}; an upgrade makes the other of
 * the two from a snapshot, and {@code rootfs_bakup} from another. The boot loader has two entries:
 * the normal one mounts the default subvolume, the other one {@code rootfs_bakup} with the kernel
 * {@code bzImage_bakup}. Requires root privilege. Thread-safe; holds no resources between calls.
 *
 * <p>{@code docs/host-upgrade.md} explains the journal and the order of writes.
 */
public final class BtrfsHostUpgrader implements HostUpgrader {
  private final HostSettings settings;

  BtrfsHostUpgrader(HostSettings settings) {
    this.settings = settings;
  }

  /**
   * Begins an upgrader of this machine.
   *
   * @return a builder with the defaults
   */
  public static BtrfsHostUpgraderBuilder builder() {
    return new BtrfsHostUpgraderBuilder();
  }

  /**
   * Makes an upgrader from a configuration.
   *
   * @param config its {@code btrfs} keys are used
   * @return the upgrader
   * @throws ConfigException if they contradict each other
   */
  public static BtrfsHostUpgrader of(Config config) {
    return builder().config(config).build();
  }

  @Override
  public HostStatus status() {
    try (HostContext host = HostContext.reading(settings)) {
      return StatusReport.of(host);
    } catch (IOException e) {
      throw new OvercException("Could not read the boot directory: " + e, e);
    }
  }

  @Override
  public Preflight preflight() {
    return HostPreflight.of(settings);
  }

  @Override
  public void update(OperationOptions call) {
    change(
        OperationKind.HOST_UPDATE,
        "update",
        call,
        (host, operation) -> {
          HostState state = recovered(host, operation);
          Guards.inSlot(state, "update");
          for (String root : state.upgradable()) {
            operation.step("update the package lists of " + root);
            host.packageManager(root)
                .refresh(host.root(root), line -> operation.output("package manager", line));
          }
          operation.result("The package lists are up to date");
          return true;
        });
  }

  @Override
  public List<PackageChange> availableUpdates() {
    try (HostContext host = HostContext.reading(settings)) {
      HostState state = host.read();
      Guards.slotOrBackup(state, "look for newer packages");
      return newer(host, state.running());
    }
  }

  private static List<PackageChange> newer(HostContext host, String root) {
    return host.packageManager(root).newer(host.root(root), line -> {});
  }

  @Override
  public UpgradePlan plan(UpgradeOptions options) {
    try (HostContext host = HostContext.reading(settings)) {
      HostState state = host.read();
      if (host.journal().read().isPresent()) {
        throw new RefusedException(
            Guard.INTERRUPTED,
            "An operation was interrupted",
            Remedy.of(Remedy.Action.HOST_RECOVER, "", "recover it first"));
      }
      Guards.upgrade(host, state, options.pending());
      String base = options.pending() == PendingPolicy.CONTINUE ? state.next() : state.running();
      return Planner.plan(host, state, newer(host, base), options);
    } catch (IOException e) {
      throw new OvercException("Could not read the boot directory: " + e, e);
    }
  }

  @Override
  public UpgradeResult upgrade(UpgradeOptions options, OperationOptions call) {
    return change(
        OperationKind.HOST_UPGRADE,
        "upgrade",
        call,
        (host, operation) -> {
          operation.step("check the host");
          HostState state = recovered(host, operation);
          Guards.upgrade(host, state, options.pending());
          if (state.pending() && options.pending() == PendingPolicy.REPLACE) {
            new Cancel(host, operation, state).run();
            state = host.read();
          }
          UpgradeResult result = new Upgrade(host, operation, state, options).run();
          operation.result(
              result.slot().map(BtrfsHostUpgrader::nextBoot).orElse("Nothing is newer"));
          boolean rebooting = options.reboot() && result.upgraded() && reboot(operation);
          return new UpgradeResult(
              result.upgraded(),
              result.slot(),
              result.packages(),
              result.kernelChanged(),
              rebooting);
        });
  }

  @Override
  public RollbackResult rollback(RollbackOptions options, OperationOptions call) {
    return change(
        OperationKind.HOST_ROLLBACK,
        "rollback",
        call,
        (host, operation) -> {
          operation.step("check the host");
          HostState state = recovered(host, operation);
          Guards.rollback(host, state);
          RollbackResult result = new Rollback(host, operation, state).run();
          operation.result(nextBoot(result.slot()));
          boolean rebooting = options.reboot() && reboot(operation);
          return new RollbackResult(result.slot(), result.kernelChanged(), rebooting);
        });
  }

  @Override
  public boolean cancel(OperationOptions call) {
    return change(
        OperationKind.HOST_CANCEL,
        "cancel",
        call,
        (host, operation) -> {
          operation.step("drop what is pending");
          HostState state = recovered(host, operation);
          Guards.inSlot(state, "cancel");
          boolean dropped = new Cancel(host, operation, state).run();
          operation.result(
              dropped ? "The next boot mounts the running root" : "Nothing was pending");
          return dropped;
        });
  }

  @Override
  public RecoveryResult recover(OperationOptions call) {
    return change(
        OperationKind.HOST_RECOVER,
        "recover",
        call,
        (host, operation) -> {
          operation.step("look for an interrupted operation");
          RecoveryResult result = new Recovery(host).run();
          operation.result(
              result.operation().map(name -> name + " " + word(result)).orElse("Nothing to do"));
          return result;
        });
  }

  /** What an operation does once the host is locked. */
  @FunctionalInterface
  private interface Change<T> {
    T run(HostContext host, Operation operation) throws IOException;
  }

  private <T> T change(OperationKind kind, String name, OperationOptions call, Change<T> change) {
    return Operation.run(
        call,
        kind,
        settings.root().toString(),
        operation -> {
          try (HostContext host = HostContext.changing(settings, name)) {
            return change.run(host, operation);
          }
        });
  }

  private static HostState recovered(HostContext host, Operation operation) {
    HostState state = host.read();
    RecoveryResult result = new Recovery(host).run(state);
    if (result.operation().isEmpty()) {
      return state;
    }
    operation.warn("An interrupted " + result.operation().get() + " was " + word(result));
    return host.read();
  }

  private static String word(RecoveryResult result) {
    return result.outcome().name().toLowerCase(Locale.ROOT);
  }

  private static String nextBoot(String slot) {
    return "The next boot mounts " + slot;
  }

  /** Returns whether the machine reboots: not if the caller wants to stop, now that all is done. */
  private boolean reboot(Operation operation) {
    try {
      settings
          .runner()
          .run(Command.of(settings.rebootCommand()).build())
          .orThrow("reboot; everything else is done");
      return true;
    } catch (InterruptedOperationException e) {
      operation.warn("The machine is not rebooted: " + e.getMessage());
      return false;
    }
  }

  /**
   * Returns where the host is, for logs.
   *
   * @return for example {@code btrfs host at /}
   */
  @Override
  public String toString() {
    return "btrfs host at " + settings.root();
  }
}
