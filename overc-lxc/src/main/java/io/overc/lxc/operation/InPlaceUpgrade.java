package io.overc.lxc.operation;

import io.overc.container.ActivationFailedException;
import io.overc.container.Change;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.exec.CommandRunner;
import io.overc.host.PackageChange;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Trees;
import io.overc.lxc.instance.ContainerState;
import io.overc.lxc.instance.Instance;
import io.overc.lxc.snapshot.SnapshotMaker;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Upgrades the packages of a container in the container itself, and takes it back to a snapshot if
 * that fails or is cancelled. A journal lets the next operation take it back, should this process
 * die meanwhile.
 */
public final class InPlaceUpgrade {
  private static final SnapshotOptions BEFORE =
      SnapshotOptions.builder()
          .freeze(true)
          .fullCopy(true)
          .comment("before an upgrade of packages")
          .build();

  private final LxcPath path;
  private final Instance instance;
  private final Dependents dependents;
  private final SnapshotMaker snapshots;
  private final UpgradeRollback rollback;
  private final Trees trees;
  private final CommandRunner runner;
  private final Duration timeout;
  private final SideEffects effects;

  /**
   * Upgrades the containers of a directory.
   *
   * @param path where they are
   * @param instance tells whether they run
   * @param dependents tells who lies on them
   * @param snapshots makes the snapshot to go back to
   * @param rollback goes back
   * @param trees makes an upgrade durable
   * @param runner starts tools
   * @param timeout how long a package manager may take
   * @param effects the fault-injection point
   */
  public InPlaceUpgrade(
      LxcPath path,
      Instance instance,
      Dependents dependents,
      SnapshotMaker snapshots,
      UpgradeRollback rollback,
      Trees trees,
      CommandRunner runner,
      Duration timeout,
      SideEffects effects) {
    this.path = path;
    this.instance = instance;
    this.dependents = dependents;
    this.snapshots = snapshots;
    this.rollback = rollback;
    this.trees = trees;
    this.runner = runner;
    this.timeout = timeout;
    this.effects = effects;
  }

  /**
   * Upgrades every package of a container.
   *
   * @param manager the package manager; empty for the one that is in the container
   */
  public UpgradeResult run(String name, Optional<String> manager, Operation operation) {
    Path container = path.container(name);
    dependents.refuse("upgrade the packages of", name, container.resolve("rootfs"));
    ContainerState before = instance.state(name);
    if (before == ContainerState.FROZEN) {
      throw new RefusedException(
          Guard.OTHER,
          "Cannot upgrade the packages of " + name + ": it is frozen",
          Remedy.other("thaw it first"));
    }
    boolean active = before != ContainerState.STOPPED;
    Journal journal;
    List<PackageChange> changes;
    try (PackageUpgrade packages =
        PackageUpgrade.open(runner, timeout, operation, name, container, active, manager)) {
      operation.step("look for newer packages in " + name);
      changes = packages.newer();
      if (changes.isEmpty()) {
        operation.result("nothing is newer in " + name);
        return new UpgradeResult(name, UpgradeSource.PACKAGES, Change.UNCHANGED, Optional.empty());
      }
      String id =
          operation.child(
              OperationKind.SNAPSHOT_CREATE,
              name,
              child -> snapshots.create(name, BEFORE, child).id().text());
      journal = new Journal(Journal.Step.UPGRADE, true, before, Optional.of(id));
      effects.run("write journal", () -> journal.write(path.journal(name)));
      operation.step("upgrade the packages of " + name);
      upgrade(name, packages, journal, operation);
    }
    // They are upgraded, and a restart would not take that back.
    Cancellation.shielded(
        () -> {
          trees.sync(container);
          effects.run("remove journal", () -> Disk.delete(path.journal(name)));
        });
    operation.result("upgraded %d packages of %s".formatted(changes.size(), name));
    return new UpgradeResult(
        name, UpgradeSource.PACKAGES, Change.CHANGED, journal.keep().map(SnapshotId::of), changes);
  }

  private void upgrade(String name, PackageUpgrade packages, Journal journal, Operation operation) {
    try {
      effects.run("upgrade packages", packages::upgrade);
      if (journal.before() != ContainerState.STOPPED) {
        instance.verify(name);
      }
    } catch (InterruptedOperationException e) {
      throw e; // It goes back once what was mounted for the package manager is unmounted.
    } catch (OvercException e) {
      packages.close();
      throw Cancellation.shielded(() -> wentBack(name, journal, e, operation));
    }
  }

  private ActivationFailedException wentBack(
      String name, Journal journal, OvercException cause, Operation operation) {
    String snapshot = journal.keep().orElseThrow();
    try {
      Optional<OvercException> notStarted = rollback.run(name, journal, operation);
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
          "The upgrade of %s failed (%s), and going back to snapshot %s failed: %s; the next operation tries again"
              .formatted(name, cause.getMessage(), snapshot, e.getMessage()),
          false,
          cause);
    }
  }
}
