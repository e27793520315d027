package io.overc.examples.overc;

import io.overc.Overc;
import io.overc.examples.console.Console;
import io.overc.examples.console.Exit;
import io.overc.host.HostStatus;
import io.overc.host.HostUpgrader;
import io.overc.host.PackageChange;
import io.overc.host.Preflight;
import io.overc.host.RecoveryResult;
import io.overc.host.RollbackOptions;
import io.overc.host.RollbackResult;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotStore;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Upgrades this host and goes back; {@link HostText} says the results in words. */
@Command(
    name = "host",
    description = "Upgrade this host so that it can always go back.",
    subcommands = {HostPlanCommand.class, HostUpgradeCommand.class})
final class HostCommand {
  /** What {@code newer} returns when there is something newer, as dnf check-update does. */
  static final int SOMETHING_NEWER = 100;

  private final Console console;

  HostCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Show what runs, what the next boot brings up, and where to go back to.")
  int status() {
    HostStatus status = host().status();
    return console.show(HostDocuments.of(status), out -> HostText.status(status, out));
  }

  @Command(description = "Check every requirement of an upgrade; exit 3 if one is broken.")
  int preflight() {
    Preflight preflight = host().preflight();
    console.show(HostDocuments.of(preflight), out -> HostText.preflight(preflight, out));
    return preflight.passed() ? Exit.DONE : Exit.REFUSED;
  }

  @Command(description = "Refresh the package lists.")
  int update() {
    host().update(console.call());
    return console.show(
        new Updated(true),
        out -> out.println("The package lists are fresh. See what is newer: overc host newer"));
  }

  @Command(description = "List the packages that have something newer; exit 100 if there are any.")
  int newer() {
    List<PackageChange> packages = host().availableUpdates();
    console.show(packages, out -> HostText.newer(packages, out));
    return packages.isEmpty() ? Exit.DONE : SOMETHING_NEWER;
  }

  @Command(description = "Switch the next boot to the system before the last upgrade.")
  int rollback(@Option(names = "-r", description = "Reboot when all is done.") boolean reboot) {
    RollbackOptions options = RollbackOptions.builder().reboot(reboot).build();
    RollbackResult result = host().rollback(options, console.call());
    return console.show(result, out -> HostText.rollback(result, out));
  }

  @Command(description = "Drop a pending upgrade or rollback.")
  int cancel() {
    boolean dropped = host().cancel(console.call());
    return console.show(
        new Cancelled(dropped),
        out ->
            out.println(
                dropped
                    ? "Dropped: the next boot brings up what runs now."
                    : "Nothing was pending; nothing was changed."));
  }

  @Command(description = "Finish or undo an operation that was interrupted.")
  int recover() {
    RecoveryResult result = host().recover(console.call());
    return console.show(result, out -> HostText.recovery(result, out));
  }

  @Command(description = "List the snapshots of this host's subvolumes, oldest first.")
  int snapshots() {
    Overc overc = console.overc();
    SnapshotStore store = overc.snapshotStore("btrfs");
    List<Snapshot> snapshots =
        store.subjects().stream().flatMap(subject -> store.list(subject).stream()).toList();
    return console.show(snapshots, out -> HostText.snapshots(snapshots, out));
  }

  private HostUpgrader host() {
    return console.overc().hostUpgrader();
  }

  record Updated(boolean updated) {}

  record Cancelled(boolean dropped) {}
}
