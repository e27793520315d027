package io.overc.examples.overc;

import io.overc.examples.console.Table;
import io.overc.examples.console.Wording;
import io.overc.host.HostStatus;
import io.overc.host.HostStatus.BootOutcome;
import io.overc.host.HostStatus.KernelFile;
import io.overc.host.HostStatus.LastSwitch;
import io.overc.host.HostStatus.Slot;
import io.overc.host.PackageChange;
import io.overc.host.Preflight;
import io.overc.host.Preflight.Requirement;
import io.overc.host.RecoveryResult;
import io.overc.host.RollbackResult;
import io.overc.host.UpgradePlan;
import io.overc.host.UpgradeResult;
import io.overc.snapshot.Snapshot;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in words what the commands of {@code overc host} found and did, and what to do next. */
final class HostText {
  private static final String INDENT = "  ";

  private HostText() {}

  static void status(HostStatus status, PrintStream out) {
    out.println(headline(status));
    Table roots = new Table();
    for (Slot slot : status.slots()) {
      roots.row(slot.name(), marks(slot, status.backup()));
    }
    roots.print(out, INDENT);
    Table kernels = new Table();
    for (KernelFile kernel : status.kernels()) {
      kernels.row(
          kernel.name(),
          kernel.backup() ? "backup" : "",
          Wording.bytes(kernel.bytes()),
          "written " + Wording.time(kernel.modified()));
    }
    kernels.print(out, INDENT);
    status.lastSwitch().ifPresent(last -> out.println(INDENT + sentence(last)));
  }

  static void preflight(Preflight preflight, PrintStream out) {
    Table table = new Table();
    for (Requirement requirement : preflight.requirements()) {
      String verdict =
          switch (requirement.verdict()) {
            case MET -> "ok";
            case WARNING -> "warning";
            case BROKEN -> "BROKEN";
          };
      table.row(verdict, requirement.title(), requirement.detail());
    }
    table.print(out, "");
    for (Requirement requirement : preflight.requirements()) {
      requirement
          .fix()
          .ifPresent(fix -> out.println("To do: " + requirement.title() + ": " + fix.text()));
    }
    out.println(
        preflight.passed()
            ? "This host can be upgraded: overc host upgrade"
            : Wording.count(preflight.broken().size(), "requirement")
                + " broken: nothing would be upgraded.");
  }

  static void newer(List<PackageChange> packages, PrintStream out) {
    if (packages.isEmpty()) {
      out.println(
          "Nothing is newer, as far as the package lists know. Refresh them:"
              + " overc host update");
      return;
    }
    packages(packages, out);
    out.println(
        Wording.count(packages.size(), "package") + " would change. Upgrade: overc host upgrade");
  }

  static void plan(UpgradePlan plan, PrintStream out) {
    if (plan.actions().isEmpty()) {
      out.println("Nothing is newer; an upgrade would do nothing (force it with -f).");
      return;
    }
    packages(plan.packages(), out);
    out.println("An upgrade would do this; nothing was touched:");
    Table actions = new Table();
    for (UpgradePlan.Action action : plan.actions()) {
      actions.row(Wording.words(action.kind()), action.detail());
    }
    actions.print(out, INDENT);
  }

  static void upgrade(UpgradeResult result, PrintStream out) {
    if (!result.upgraded()) {
      out.println("Nothing is newer; nothing was changed (force it with -f).");
      return;
    }
    packages(result.packages(), out);
    String kernel = result.kernelChanged() ? " and a new kernel" : "";
    out.println(
        result.slot().orElse("The new root")
            + " is ready with "
            + Wording.count(result.packages().size(), "changed package")
            + kernel
            + ".");
    out.println(next(result.rebooting()));
  }

  static void rollback(RollbackResult result, PrintStream out) {
    String kernel = result.kernelChanged() ? " with its own kernel" : "";
    out.println("The next boot brings up " + result.slot() + kernel + ".");
    out.println(next(result.rebooting()));
  }

  static void recovery(RecoveryResult result, PrintStream out) {
    String operation = result.operation().map(name -> "The interrupted " + name).orElse("It");
    out.println(
        switch (result.outcome()) {
          case NOTHING_TO_DO -> "Nothing was interrupted; nothing was changed.";
          case FINISHED -> operation + " was finished. See: overc host status";
          case UNDONE -> operation + " was undone: the host boots as before.";
        });
  }

  static void snapshots(List<Snapshot> snapshots, PrintStream out) {
    if (snapshots.isEmpty()) {
      out.println("There are no snapshots.");
      return;
    }
    Table table = new Table();
    for (Snapshot snapshot : snapshots) {
      table.row(
          snapshot.subject(),
          snapshot.id().text(),
          snapshot.created().map(Wording::time).orElse(""),
          snapshot.comment().orElse(""));
    }
    table.print(out, "");
  }

  private static String headline(HostStatus status) {
    return switch (status.phase()) {
      case CLEAN -> "Clean: the next boot brings up what runs now.";
      case UPGRADE_PENDING ->
          "Upgrade pending: reboot to switch to "
              + status.next()
              + ", or drop it: overc host cancel";
      case ROLLBACK_PENDING ->
          "Rollback pending: reboot to go back to "
              + status.next()
              + ", or stay: overc host cancel";
      case BACKUP_MODE ->
          "Backup mode: "
              + status.running()
              + " runs. To upgrade or roll back, boot the default entry first.";
      case INTERRUPTED ->
          "Interrupted: "
              + status.interrupted().orElse("an operation")
              + " did not come to its end. Finish or undo it: overc host recover";
    };
  }

  private static String marks(Slot slot, Optional<String> backup) {
    List<String> marks = new ArrayList<>();
    if (slot.running()) {
      marks.add("running");
    }
    if (slot.next()) {
      marks.add("next boot");
    }
    if (backup.filter(slot.name()::equals).isPresent()) {
      marks.add("backup");
    }
    return String.join(", ", marks);
  }

  private static String sentence(LastSwitch last) {
    return "Last "
        + last.operation()
        + ": to "
        + last.expected()
        + ", "
        + Wording.time(last.since())
        + (last.outcome() == BootOutcome.NOT_BOOTED_YET
            ? ", not booted yet"
            : last.outcome() == BootOutcome.BOOTED_AS_EXPECTED
                ? ", came up as meant"
                : ", but something else came up");
  }

  private static void packages(List<PackageChange> packages, PrintStream out) {
    Table table = new Table();
    for (PackageChange change : packages) {
      table.row(change.name(), change.installed().orElse("(new)"), "->", change.available());
    }
    table.print(out, INDENT);
  }

  private static String next(boolean rebooting) {
    return rebooting ? "Rebooting." : "Reboot to switch, or drop it: overc host cancel";
  }
}
