package io.overc.lxc;

import io.overc.container.ActivationFailedException;
import io.overc.container.Change;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.host.PackageChange;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.packages.PackageUpgrade;
import io.overc.lxc.replacement.Journal;
import io.overc.snapshot.SnapshotOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Upgrades the packages of a container in the container itself, and takes it back to a snapshot if
 * that fails. A journal lets the next call take it back, should this process die meanwhile.
 */
final class InPlaceUpgrade {
  private static final SnapshotOptions BEFORE =
      SnapshotOptions.defaults()
          .withFreeze()
          .withFullCopy()
          .withComment("before an upgrade of packages");

  private final LxcTools tools;
  private final Optional<String> packageManager;

  InPlaceUpgrade(LxcTools tools, Optional<String> packageManager) {
    this.tools = tools;
    this.packageManager = packageManager;
  }

  UpgradeResult run(String name, Operation operation) {
    Path container = tools.path.container(name);
    tools.dependents.refuse("upgrade the packages of", name, container.resolve("rootfs"));
    boolean active = tools.instance.runs(name);
    Journal journal;
    List<PackageChange> changes;
    try (PackageUpgrade packages =
        PackageUpgrade.open(
            tools.runner,
            tools.settings.toolTimeout(),
            operation,
            name,
            container,
            active,
            packageManager)) {
      operation.step("look for newer packages in " + name);
      changes = packages.newer();
      if (changes.isEmpty()) {
        return new UpgradeResult(name, UpgradeSource.PACKAGES, Change.UNCHANGED, Optional.empty());
      }
      String id = new SnapshotMaker(tools).create(name, BEFORE, operation).id().text();
      journal = new Journal(Journal.Step.UPGRADE, true, active, Optional.of(id));
      String text = journal.text();
      tools.effects.run("write journal", () -> Disk.write(tools.path.journal(name), text));
      operation.step("upgrade the packages of " + name);
      upgrade(name, packages, journal, operation);
    }
    tools.trees.sync(container);
    tools.effects.run("remove journal", () -> Disk.delete(tools.path.journal(name)));
    return new UpgradeResult(name, UpgradeSource.PACKAGES, Change.CHANGED, journal.keep(), changes);
  }

  private void upgrade(String name, PackageUpgrade packages, Journal journal, Operation operation) {
    try {
      tools.effects.run("upgrade packages", packages::upgrade);
      if (journal.active()) {
        tools.instance.verify(name);
      }
    } catch (InterruptedOperationException e) {
      throw e; // The flag is set, so nothing more can be done here: the next call goes back.
    } catch (OvercException e) {
      packages.close();
      throw wentBack(name, journal, e, operation);
    }
  }

  private ActivationFailedException wentBack(
      String name, Journal journal, OvercException cause, Operation operation) {
    String snapshot = journal.keep().orElseThrow();
    try {
      Optional<OvercException> notStarted = new WayBack(tools).run(name, journal, operation);
      notStarted.ifPresent(cause::addSuppressed);
      String but = notStarted.map(e -> ", but does not start: " + e.getMessage()).orElse("");
      return new ActivationFailedException(
          "The upgrade of %s failed; it is back at snapshot %s%s: %s"
              .formatted(name, snapshot, but, cause.getMessage()),
          notStarted.isEmpty(),
          cause);
    } catch (OvercException e) {
      cause.addSuppressed(e);
      return new ActivationFailedException(
          "The upgrade of %s failed (%s), and going back to snapshot %s failed: %s; see overc container rollback"
              .formatted(name, cause.getMessage(), snapshot, e.getMessage()),
          false,
          cause);
    }
  }
}
