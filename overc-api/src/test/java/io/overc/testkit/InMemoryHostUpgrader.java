package io.overc.testkit;

import io.overc.error.BusyException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.host.HostStatus;
import io.overc.host.HostUpgrader;
import io.overc.host.PackageChange;
import io.overc.host.Preflight;
import io.overc.host.RecoveryResult;
import io.overc.host.RecoveryResult.Outcome;
import io.overc.host.RollbackOptions;
import io.overc.host.RollbackResult;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeOptions.PendingPolicy;
import io.overc.host.UpgradePlan;
import io.overc.host.UpgradePlan.Action;
import io.overc.host.UpgradePlan.Kind;
import io.overc.host.UpgradeResult;
import io.overc.internal.time.Cancellation;
import io.overc.spi.SideEffects;
import io.overc.testkit.InMemoryHost.Disk;
import io.overc.testkit.InMemoryHost.Journal;
import java.util.List;
import java.util.Optional;

/** The upgrader of an {@link InMemoryHost}. */
record InMemoryHostUpgrader(InMemoryHost host, SideEffects points) implements HostUpgrader {
  @Override
  public HostStatus status() {
    return host.status();
  }

  @Override
  public Preflight preflight() {
    return new Preflight(List.of());
  }

  @Override
  public void update(OperationOptions call) {
    locked(
        OperationKind.HOST_UPDATE,
        "update",
        call,
        operation -> {
          guard(false);
          operation.result("The package lists are up to date");
          return true;
        });
  }

  @Override
  public List<PackageChange> availableUpdates() {
    return newer(host.disk().running());
  }

  private List<PackageChange> newer(String root) {
    String installed = host.disk().version(root);
    return installed.equals(host.offered())
        ? List.of()
        : List.of(new PackageChange("demo", Optional.of(installed), host.offered()));
  }

  @Override
  public UpgradePlan plan(UpgradeOptions options) {
    guard(options.pending() == PendingPolicy.REFUSE);
    List<PackageChange> packages = newer(base(options));
    return packages.isEmpty() && !options.force()
        ? new UpgradePlan(packages, List.of())
        : new UpgradePlan(
            packages,
            List.of(
                new Action(Kind.SNAPSHOT, base(options)),
                new Action(Kind.UPGRADE, "demo"),
                new Action(Kind.SWITCH, host.disk().otherSlot())));
  }

  private String base(UpgradeOptions options) {
    return options.pending() == PendingPolicy.CONTINUE ? host.disk().next() : host.disk().running();
  }

  @Override
  public UpgradeResult upgrade(UpgradeOptions options, OperationOptions call) {
    return locked(
        OperationKind.HOST_UPGRADE,
        "upgrade",
        call,
        operation -> {
          guard(options.pending() == PendingPolicy.REFUSE);
          List<PackageChange> packages = newer(base(options));
          if (packages.isEmpty() && !options.force()) {
            operation.result("Nothing is newer");
            return UpgradeResult.nothingNewer();
          }
          Disk now = host.disk();
          boolean renewed = options.pending() != PendingPolicy.CONTINUE || !now.pending();
          String version = host.offered();
          String slot = now.otherSlot();
          boolean kernel = !version.equals(now.kernels().get("kernel"));
          UpgradeResult result =
              new UpgradeResult(true, Optional.of(slot), packages, kernel, options.reboot());
          Disk copied = renewed ? now.backedUp() : now;
          change(operation, "upgrade", copied.switched("upgrade", slot, version, version));
          return result;
        });
  }

  @Override
  public RollbackResult rollback(RollbackOptions options, OperationOptions call) {
    return locked(
        OperationKind.HOST_ROLLBACK,
        "rollback",
        call,
        operation -> {
          guard(true);
          Disk now = host.disk();
          if (!now.roots().containsKey(InMemoryHost.BACKUP)) {
            throw new RefusedException(Guard.NO_BACKUP, "There is no backup");
          }
          String version = now.version(InMemoryHost.BACKUP);
          boolean kernel = !version.equals(now.kernels().get("kernel"));
          String slot = now.otherSlot();
          change(operation, "rollback", now.switched("rollback", slot, version, version));
          return new RollbackResult(slot, kernel, options.reboot());
        });
  }

  @Override
  public boolean cancel(OperationOptions call) {
    return locked(
        OperationKind.HOST_CANCEL,
        "cancel",
        call,
        operation -> {
          guard(false);
          Disk now = host.disk();
          if (!now.pending()) {
            operation.result("Nothing was pending");
            return false;
          }
          change(
              operation,
              "cancel",
              now.switched("cancel", now.running(), null, now.version(now.running())));
          return true;
        });
  }

  @Override
  public RecoveryResult recover(OperationOptions call) {
    return locked(OperationKind.HOST_RECOVER, "recover", call, operation -> recovered());
  }

  private RecoveryResult recovered() {
    Optional<Journal> entry = host.disk().journal();
    entry.ifPresent(journal -> host.write(journal.target()));
    return new RecoveryResult(
        entry
            .map(journal -> journal.committed() ? Outcome.FINISHED : Outcome.UNDONE)
            .orElse(Outcome.NOTHING_TO_DO),
        entry.map(Journal::operation));
  }

  private <T> T locked(
      OperationKind kind, String name, OperationOptions call, Operation.Body<T> body) {
    return Operation.run(
        call,
        kind,
        "memory",
        operation -> {
          Optional<String> holder = host.lock(name);
          if (holder.isPresent()) {
            throw new BusyException("The host", holder.get());
          }
          try {
            operation.step("check the host");
            if (!name.equals("recover")) {
              recovered();
            }
            return body.run(operation);
          } finally {
            host.unlock();
          }
        });
  }

  private void guard(boolean refusePending) {
    if (host.disk().running().equals(InMemoryHost.BACKUP)) {
      throw new RefusedException(Guard.BACKUP_MODE, "The backup runs");
    }
    if (refusePending && host.disk().pending()) {
      throw new RefusedException(Guard.PENDING, "The next boot brings up " + host.disk().next());
    }
  }

  private void change(Operation operation, String name, Disk after) {
    Disk before = host.disk();
    operation.step("prepare");
    try {
      write("begin", before.with(new Journal(name, false, before)));
      operation.step("switch the next boot");
      write("switch", after.with(new Journal(name, true, after)));
      write("clear the journal", after);
    } catch (RuntimeException e) {
      recovered();
      if (!host.disk().equals(after)) {
        throw e;
      }
    }
    operation.result("The next boot brings up " + after.next());
  }

  private void write(String name, Disk now) {
    Cancellation.check("about to " + name);
    points.run(name, () -> host.write(now));
  }
}
