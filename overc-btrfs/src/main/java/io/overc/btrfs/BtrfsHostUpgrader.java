package io.overc.btrfs;

import io.overc.btrfs.fs.MountTable;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.UnavailableException;
import io.overc.event.Listener;
import io.overc.event.Operation;
import io.overc.exec.Command;
import io.overc.exec.Tools;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    Checks checks = new Checks();
    MachineChecks machine = new MachineChecks(settings, MountTable.read());
    machine.run(checks);
    try {
      if (machine.canOpen()) {
        try (Session session = Session.reading(settings, find())) {
          new DiskChecks(settings, find(), session, session.read()).run(checks);
        }
      }
    } catch (IOException | OvercException e) {
      checks.add(
          "file system",
          () -> Checks.broken("file system", String.valueOf(e.getMessage()), "mend that"));
    }
    return new Preflight(checks.all());
  }

  @Override
  public void update(Listener listener) {
    try (Session session = changing("update");
        Operation operation = start(listener, "host update", 2)) {
      HostState state = recovered(session, operation);
      Guards.notInBackupMode(state, "update");
      try {
        // What is pending may be upgraded further, by its own lists.
        for (String root : new LinkedHashSet<>(List.of(state.running(), state.next()))) {
          operation.step("update the package lists of " + root);
          session
              .packageManager(root)
              .refresh(session.root(root), line -> operation.output("package manager", line));
        }
        operation.succeeded("The package lists are up to date");
      } catch (RuntimeException e) {
        operation.failed(e);
        throw e;
      }
    }
  }

  @Override
  public List<PackageChange> newer() {
    try (Session session = Session.reading(settings, find())) {
      return newer(session, session.read().running());
    }
  }

  private static List<PackageChange> newer(Session session, String root) {
    return session.packageManager(root).newer(session.root(root));
  }

  @Override
  public UpgradePlan plan(UpgradeOptions options) {
    MachineChecks machine = new MachineChecks(settings, MountTable.read());
    HostMounts mounts = find();
    try (Session session = Session.reading(settings, mounts)) {
      HostState state = session.read();
      if (session.journal().read().isPresent()) {
        throw new RefusedException("An operation was interrupted: run recover first");
      }
      guard(machine, mounts, session, state, options.pending(), UPGRADE);
      String base = options.pending() == PendingPolicy.CONTINUE ? state.next() : state.running();
      return Planner.plan(session, state, newer(session, base), options);
    } catch (IOException e) {
      throw new OvercException("Could not read the boot directory: " + e, e);
    }
  }

  @Override
  public UpgradeResult upgrade(UpgradeOptions options, Listener listener) {
    MachineChecks machine = new MachineChecks(settings, MountTable.read());
    HostMounts mounts = find();
    try (Session session = Session.changing(settings, mounts, UPGRADE);
        Operation operation = start(listener, "host upgrade", Upgrade.STEPS)) {
      operation.step("check the host");
      HostState state = recovered(session, operation);
      guard(machine, mounts, session, state, options.pending(), UPGRADE);
      HostState ready = dropReplaced(session, operation, state, options.pending());
      UpgradeResult mended =
          new UpgradeResult(true, Optional.of(ready.otherSlot()), List.of(), false, false);
      UpgradeResult result =
          Verb.run(
              session,
              operation,
              () -> new Upgrade(session, options, operation, ready).run(),
              mended);
      operation.succeeded(
          result.upgraded()
              ? "The next boot brings up " + result.slot().orElse("")
              : "Nothing is newer");
      boolean reboot = options.reboot() && result.upgraded();
      if (reboot) {
        reboot();
      }
      return new UpgradeResult(
          result.upgraded(), result.slot(), result.packages(), result.kernelChanged(), reboot);
    }
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
  public RollbackResult rollback(RollbackOptions options, Listener listener) {
    MachineChecks machine = new MachineChecks(settings, MountTable.read());
    HostMounts mounts = find();
    try (Session session = Session.changing(settings, mounts, ROLLBACK);
        Operation operation = start(listener, "host rollback", Rollback.STEPS)) {
      operation.step("check the host");
      HostState state = recovered(session, operation);
      guard(machine, mounts, session, state, PendingPolicy.REFUSE, ROLLBACK);
      if (!state.exists(Layout.BACKUP)) {
        throw new RefusedException(
            "There is no " + Layout.BACKUP + " to go back to: the host was never upgraded");
      }
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
    }
  }

  @Override
  public boolean cancel(Listener listener) {
    try (Session session = changing("cancel");
        Operation operation = start(listener, "host cancel", 1)) {
      operation.step("drop what is pending");
      HostState state = recovered(session, operation);
      Guards.notInBackupMode(state, "cancel");
      boolean done = Verb.run(session, operation, () -> new Cancel(session).run(state), true);
      operation.succeeded(done ? "The next boot brings up what runs" : "Nothing was pending");
      return done;
    }
  }

  @Override
  public RecoveryResult recover(Listener listener) {
    try (Session session = changing("recover");
        Operation operation = start(listener, "host recovery", 1)) {
      operation.step("look for an interrupted operation");
      RecoveryResult result = new Recovery(session).run();
      operation.succeeded(
          result.operation().map(verb -> verb + " " + result.outcome()).orElse("Nothing to do"));
      return result;
    }
  }

  private Session changing(String verb) {
    return Session.changing(settings, find(), verb);
  }

  private HostMounts find() {
    try {
      if (!MachineChecks.isRoot()) {
        throw new UnavailableException("Host upgrades need root privilege: run as root");
      }
    } catch (IOException e) {
      throw new OvercException("Could not tell who runs this: " + e, e);
    }
    List<String> missing = Tools.missing(MachineChecks.TOOLS);
    if (!missing.isEmpty()) {
      throw new UnavailableException(
          missing.stream()
              .map(tool -> "'" + tool + "' is missing: " + Tools.cure(tool))
              .collect(Collectors.joining("; ")));
    }
    return HostMounts.find(settings);
  }

  private Operation start(Listener listener, String name, int steps) {
    return Operation.start(listener, name, settings.root().toString(), steps);
  }

  private static HostState recovered(Session session, Operation operation) {
    RecoveryResult result = new Recovery(session).run();
    result
        .operation()
        .ifPresent(verb -> operation.warn("An interrupted " + verb + " was " + result.outcome()));
    return session.read();
  }

  private void guard(
      MachineChecks machine,
      HostMounts mounts,
      Session session,
      HostState state,
      PendingPolicy pending,
      String verb) {
    Guards.notInBackupMode(state, verb);
    if (pending == PendingPolicy.REFUSE) {
      Guards.nothingPending(state, verb, "Reboot into it, or drop it with cancel" + hint(verb));
    }
    Checks checks = new Checks();
    machine.run(checks);
    new DiskChecks(settings, mounts, session, state).run(checks);
    Guards.passed(new Preflight(checks.all()));
  }

  private static String hint(String verb) {
    return verb.equals(UPGRADE) ? ", or ask to continue from it or to replace it" : "";
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
    return Stream.of("btrfs host at", settings.root().toString()).collect(Collectors.joining(" "));
  }
}
