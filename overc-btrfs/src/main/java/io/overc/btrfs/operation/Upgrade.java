package io.overc.btrfs.operation;

import io.overc.btrfs.boot.BootChange;
import io.overc.btrfs.state.HostChange;
import io.overc.btrfs.state.HostContext;
import io.overc.btrfs.state.HostState;
import io.overc.btrfs.state.JournalEntry;
import io.overc.btrfs.state.Layout;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.host.PackageChange;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeResult;
import io.overc.internal.packages.PackageManager;
import io.overc.internal.packages.PackageRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Upgrades a copy of the running root and switches the next boot to it. */
public final class Upgrade extends TransactionalStep<UpgradeResult> {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final UpgradeOptions options;
  private final HostState state;
  private final String slot;
  private final String fresh;
  private UpgradeResult prepared = UpgradeResult.nothingNewer();

  /** Prepares an upgrade from a state that the guards have let pass. */
  public Upgrade(HostContext host, Operation operation, HostState state, UpgradeOptions options) {
    super(host, operation);
    this.options = options;
    this.state = state;
    this.slot = state.otherSlot();
    this.fresh = Layout.fresh(slot);
  }

  @Override
  UpgradeResult prepared() {
    return prepared;
  }

  @Override
  UpgradeResult make() throws IOException {
    JournalEntry entry = JournalEntry.preparing(HostChange.UPGRADE, slot);
    begin(entry);
    String base = state.pending() ? state.next() : state.running();
    snapshot(base, fresh);
    if (!state.pending()) {
      host().dropCarriedModules(fresh);
    }
    List<PackageChange> packages = upgradePackages();
    if (packages.isEmpty() && !options.force()) {
      new Switch(host()).undo(entry, host().relist(state));
      return UpgradeResult.nothingNewer();
    }
    operation().step("prepare the kernel files");
    host().carryModules(base, fresh);
    List<BootChange> kernel = host().bootFiles().changesFrom(host().file(fresh).resolve("boot"));
    prepareBootFiles(kernel);
    if (!state.pending()) {
      prepareBackup();
    }
    prepared = new UpgradeResult(true, Optional.of(slot), packages, !kernel.isEmpty(), false);
    operation().step("switch the next boot");
    HostState current = host().relist(state);
    long backup = state.pending() ? 0 : current.idOf(Layout.fresh(Layout.BACKUP));
    JournalEntry switching = entry.switching(current.idOf(fresh), backup);
    host().journal().write(switching);
    new Switch(host()).run(switching, current);
    return prepared;
  }

  private List<PackageChange> upgradePackages() throws IOException {
    operation().step("look for newer packages");
    PackageRoot root = host().root(fresh);
    PackageManager manager = host().packageManager(fresh);
    List<PackageChange> packages = manager.newer(root, line -> {});
    if (packages.isEmpty() && !options.force()) {
      return packages;
    }
    operation().step("upgrade " + packages.size() + " packages with " + manager.id());
    try {
      host()
          .change(
              "upgrade packages",
              () -> manager.upgrade(root, line -> operation().output(manager.id(), line)));
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      keepFailed();
      throw e;
    }
    return packages;
  }

  /** The kernel files of this boot entry are staged and those they replace kept for a cancel. */
  private void prepareBootFiles(List<BootChange> kernel) throws IOException {
    if (!state.pending()) {
      host().keptFiles().forget();
    }
    host().keptFiles().keep(kernel);
    List<BootChange> all = new ArrayList<>(kernel);
    if (!state.pending()) {
      all.addAll(host().bootFiles().changesOfBackup());
    }
    host().stagedFiles().stage(all);
  }

  /** While an upgrade is pending the backup is what runs already, with its kernel: it stays. */
  private void prepareBackup() throws IOException {
    String backup = Layout.fresh(Layout.BACKUP);
    operation().step("snapshot " + state.running() + " as the backup");
    host()
        .change("snapshot " + backup, () -> host().subvolumes().snapshot(state.running(), backup));
    if (state.exists(Layout.BACKUP)) {
      host().carryModules(Layout.BACKUP, backup);
    }
  }

  private void snapshot(String from, String to) throws IOException {
    operation().step("snapshot " + from);
    host().change("snapshot " + to, () -> host().subvolumes().snapshot(from, to));
  }

  private void keepFailed() throws IOException {
    if (options.keepFailed()) {
      String kept = Layout.FAILED + STAMP.format(ZonedDateTime.now(ZoneOffset.UTC));
      host()
          .change(
              "keep " + fresh,
              () ->
                  Files.move(
                      host().file(fresh), host().file(kept), StandardCopyOption.ATOMIC_MOVE));
      operation()
          .warn(
              "The failed root was kept as the subvolume "
                  + kept
                  + "; delete it with 'btrfs subvolume delete' when it is no longer needed");
    }
  }
}
