package io.overc.btrfs;

import io.overc.btrfs.boot.BootChange;
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
final class Upgrade {
  static final int STEPS = 7;
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Session session;
  private final UpgradeOptions options;
  private final Operation operation;
  private final HostState state;
  private final String slot;
  private final String fresh;

  /** Upgrades from a state that the guards have let pass. */
  Upgrade(Session session, UpgradeOptions options, Operation operation, HostState state) {
    this.session = session;
    this.options = options;
    this.operation = operation;
    this.state = state;
    this.slot = state.otherSlot();
    this.fresh = Layout.fresh(slot);
  }

  UpgradeResult run() throws IOException {
    JournalEntry entry = JournalEntry.preparing(JournalEntry.Verb.UPGRADE, slot);
    session.journal().begin(entry);
    String base = state.pending() ? state.next() : state.running();
    snapshot(base, fresh);
    if (!state.pending()) {
      session.dropCarriedModules(fresh);
    }
    List<PackageChange> packages = upgradePackages();
    if (packages.isEmpty() && !options.force()) {
      new Switch(session).undo(entry, session.relist(state));
      return UpgradeResult.nothingNewer();
    }
    operation.step("prepare the kernel files");
    session.carryModules(base, fresh);
    List<BootChange> kernel = session.bootFiles().changesFrom(session.file(fresh).resolve("boot"));
    prepareBootFiles(kernel);
    if (!state.pending()) {
      prepareBackup();
    }
    operation.step("switch the next boot");
    HostState prepared = session.relist(state);
    long backup = state.pending() ? 0 : prepared.idOf(Layout.fresh(Layout.BACKUP));
    JournalEntry switching = entry.switching(prepared.idOf(fresh), backup);
    session.journal().write(switching);
    new Switch(session).run(switching, prepared);
    return new UpgradeResult(true, Optional.of(slot), packages, !kernel.isEmpty(), false);
  }

  private List<PackageChange> upgradePackages() throws IOException {
    operation.step("look for newer packages");
    PackageRoot root = session.root(fresh);
    PackageManager manager = session.packageManager(fresh);
    List<PackageChange> packages = manager.newer(root, line -> {});
    if (packages.isEmpty() && !options.force()) {
      return packages;
    }
    operation.step("upgrade " + packages.size() + " packages with " + manager.id());
    try {
      session.change(
          "upgrade packages",
          () -> manager.upgrade(root, line -> operation.output(manager.id(), line)));
    } catch (OvercException e) {
      keepFailed();
      throw e;
    }
    return packages;
  }

  /** The kernel files of this boot entry are staged and those they replace kept for a cancel. */
  private void prepareBootFiles(List<BootChange> kernel) throws IOException {
    if (!state.pending()) {
      session.keptFiles().forget();
    }
    session.keptFiles().keep(kernel);
    List<BootChange> all = new ArrayList<>(kernel);
    if (!state.pending()) {
      all.addAll(session.bootFiles().changesOfBackup());
    }
    session.stagedFiles().stage(all);
  }

  /** While an upgrade is pending the backup is what runs already, with its kernel: it stays. */
  private void prepareBackup() throws IOException {
    String backup = Layout.fresh(Layout.BACKUP);
    operation.step("snapshot " + state.running() + " as the backup");
    session.change(
        "snapshot " + backup, () -> session.subvolumes().snapshot(state.running(), backup));
    if (state.exists(Layout.BACKUP)) {
      session.carryModules(Layout.BACKUP, backup);
    }
  }

  private void snapshot(String from, String to) throws IOException {
    operation.step("snapshot " + from);
    session.change("snapshot " + to, () -> session.subvolumes().snapshot(from, to));
  }

  private void keepFailed() throws IOException {
    if (options.keepFailed()) {
      String kept = Layout.FAILED + STAMP.format(ZonedDateTime.now(ZoneOffset.UTC));
      session.change(
          "keep " + fresh,
          () ->
              Files.move(session.file(fresh), session.file(kept), StandardCopyOption.ATOMIC_MOVE));
      operation.warn(
          "The failed root was kept as the subvolume "
              + kept
              + "; delete it with 'btrfs subvolume delete' when you have seen enough");
    }
  }
}
