package io.overc.btrfs;

import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
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
import java.util.Optional;

/**
 * Upgrades a host whose root is a btrfs subvolume.
 *
 * <p>The running root is {@code rootfs} or {@code rootfs_upgrade}; an upgrade makes the other of
 * the two from a snapshot, and {@code rootfs_bakup} from another. The boot loader has two entries:
 * the normal one mounts the default subvolume, the other one {@code rootfs_bakup} with the kernel
 * {@code bzImage_bakup}. Needs root privilege. Thread-safe; holds no resources between calls.
 *
 * <p>Where the journal or the order of writes matters, {@code docs/host-upgrade.md} tells why.
 */
public final class BtrfsHostUpgrader implements HostUpgrader {
  private static final String UPGRADE = "upgrade";
  private static final String ROLLBACK = "rollback";

  private final Settings settings;

  BtrfsHostUpgrader(Settings settings) {
    this.settings = settings;
  }

  /**
   * Begins an upgrader of this machine.
   *
   * @return a builder in which everything has its default
   */
  public static BtrfsHostUpgraderBuilder builder() {
    return new BtrfsHostUpgraderBuilder();
  }

  @Override
  public HostStatus status() {
    try (Session session = Session.reading(settings, find())) {
      return StatusReport.of(session, settings);
    } catch (IOException e) {
      throw new OvercException("Could not read the boot directory: " + e, e);
    }
  }

  @Override
  public Preflight preflight() {
    return new Examination(settings).preflight();
  }

  @Override
  public void update(OperationOptions call) {
    change(
        "update",
        call,
        2,
        (session, operation) -> {
          HostState state = recovered(session, operation);
          Guards.notInBackupMode(state, "update");
          Guards.inSlot(state, "update");
          for (String root : state.upgradable()) {
            operation.step("update the package lists of " + root);
            session
                .packageManager(root)
                .refresh(session.root(root), line -> operation.output("package manager", line));
          }
          operation.succeeded("The package lists are up to date");
          return true;
        });
  }

  @Override
  public List<PackageChange> newer() {
    try (Session session = Session.reading(settings, find())) {
      HostState state = session.read();
      Guards.inSlot(state, "look for newer packages");
      return newer(session, state.running());
    }
  }

  private static List<PackageChange> newer(Session session, String root) {
    return session.packageManager(root).newer(session.root(root), line -> {});
  }

  @Override
  public UpgradePlan plan(UpgradeOptions options) {
    Examination examination = new Examination(settings);
    try (Session session = Session.reading(settings, find())) {
      HostState state = session.read();
      if (session.journal().read().isPresent()) {
        throw new RefusedException("An operation was interrupted: run recover first");
      }
      examination.guard(session, state, options.pending(), UPGRADE);
      String base = options.pending() == PendingPolicy.CONTINUE ? state.next() : state.running();
      return Planner.plan(session, state, newer(session, base), options);
    } catch (IOException e) {
      throw new OvercException("Could not read the boot directory: " + e, e);
    }
  }

  @Override
  public UpgradeResult upgrade(UpgradeOptions options, OperationOptions call) {
    return change(
        UPGRADE,
        call,
        Upgrade.STEPS,
        (session, operation) -> {
          HostState state = examined(session, operation, options.pending(), UPGRADE);
          HostState ready = dropReplaced(session, operation, state, options.pending());
          UpgradeResult result =
              Verb.run(
                  session,
                  operation,
                  () -> new Upgrade(session, options, operation, ready).run(),
                  new UpgradeResult(true, Optional.of(ready.otherSlot()), List.of(), false, false));
          operation.succeeded(
              result.upgraded()
                  ? "The next boot brings up " + result.slot().orElse("")
                  : "Nothing is newer");
          return options.reboot() && result.upgraded() ? reboot(result) : result;
        });
  }

  /** Drops what is pending, if the options want it replaced. */
  private static HostState dropReplaced(
      Session session, Operation operation, HostState state, PendingPolicy pending) {
    if (!state.pending() || pending != PendingPolicy.REPLACE) {
      return state;
    }
    Verb.run(session, operation, () -> new Cancel(session).run(state), true);
    return session.read();
  }

  @Override
  public RollbackResult rollback(RollbackOptions options, OperationOptions call) {
    return change(
        ROLLBACK,
        call,
        Rollback.STEPS,
        (session, operation) -> {
          HostState state = examined(session, operation, PendingPolicy.REFUSE, ROLLBACK);
          Guards.hasBackup(state);
          RollbackResult result =
              Verb.run(
                  session,
                  operation,
                  () -> new Rollback(session, operation, state).run(),
                  new RollbackResult(state.otherSlot(), false, false));
          operation.succeeded("The next boot brings up " + result.slot());
          if (options.reboot()) {
            reboot();
          }
          return new RollbackResult(result.slot(), result.kernelChanged(), options.reboot());
        });
  }

  @Override
  public boolean cancel(OperationOptions call) {
    return change(
        "cancel",
        call,
        1,
        (session, operation) -> {
          operation.step("drop what is pending");
          HostState state = recovered(session, operation);
          Guards.notInBackupMode(state, "cancel");
          Guards.inSlot(state, "cancel");
          boolean done = Verb.run(session, operation, () -> new Cancel(session).run(state), true);
          operation.succeeded(done ? "The next boot brings up what runs" : "Nothing was pending");
          return done;
        });
  }

  @Override
  public RecoveryResult recover(OperationOptions call) {
    return change(
        "recover",
        call,
        1,
        (session, operation) -> {
          operation.step("look for an interrupted operation");
          RecoveryResult result = new Recovery(session).run();
          operation.succeeded(
              result
                  .operation()
                  .map(verb -> verb + " " + result.outcome())
                  .orElse("Nothing to do"));
          return result;
        });
  }

  /** What a verb does once the host is locked. */
  @FunctionalInterface
  private interface Body<T> {
    T run(Session session, Operation operation);
  }

  private <T> T change(String verb, OperationOptions call, int steps, Body<T> body) {
    try (Session session = Session.changing(settings, find(), verb);
        Operation operation =
            Operation.start(call.listener(), "host " + verb, settings.root().toString(), steps)) {
      try {
        return body.run(session, operation);
      } catch (RuntimeException e) {
        operation.failed(e);
        throw e;
      }
    }
  }

  private HostMounts find() {
    return HostMounts.find(settings);
  }

  private HostState examined(
      Session session, Operation operation, PendingPolicy pending, String verb) {
    operation.step("check the host");
    HostState state = recovered(session, operation);
    new Examination(settings).guard(session, state, pending, verb);
    return state;
  }

  private static HostState recovered(Session session, Operation operation) {
    HostState state = session.read();
    RecoveryResult result = new Recovery(session).run(state);
    if (result.operation().isEmpty()) {
      return state;
    }
    operation.warn("An interrupted " + result.operation().get() + " was " + result.outcome());
    return session.read();
  }

  private UpgradeResult reboot(UpgradeResult result) {
    reboot();
    return new UpgradeResult(true, result.slot(), result.packages(), result.kernelChanged(), true);
  }

  private void reboot() {
    settings
        .runner()
        .run(Command.of(settings.rebootCommand()).build())
        .orThrow("reboot; everything else is done");
  }

  /**
   * Returns what reads best in logs.
   *
   * @return where the host is
   */
  @Override
  public String toString() {
    return "btrfs host at " + settings.root();
  }
}
