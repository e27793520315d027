package io.overc.engine;

import io.overc.container.Change;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.host.PackageChange;
import io.overc.internal.time.Cancellation;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.BackendContainer;
import io.overc.spi.Intent;
import io.overc.spi.PackageUpgrades;
import io.overc.spi.Place;
import java.util.List;
import java.util.Optional;

/** Upgrades the packages of a container in the container itself, and goes back if that fails. */
final class InPlace {
  private static final SnapshotOptions BEFORE =
      SnapshotOptions.builder().freeze(true).fullCopy(true).comment("before an upgrade").build();

  private final Primitives primitives;
  private final Snapshots snapshots;
  private final Replacement replacement;

  InPlace(Primitives primitives, Snapshots snapshots, Replacement replacement) {
    this.primitives = primitives;
    this.snapshots = snapshots;
    this.replacement = replacement;
  }

  UpgradeResult upgrade(
      String name, boolean active, PackageUpgrades packages, Operation operation) {
    if (active || !packages.needsRunning()) {
      UpgradeResult result = change(name, active, packages, operation);
      Cancellation.shielded(() -> primitives.forget(name));
      return result;
    }
    UpgradeResult result;
    try {
      primitives.record(name, intent(false, Optional.empty()));
      operation.step("start " + name + " for its package manager");
      primitives.start(name);
      result = change(name, false, packages, operation);
    } catch (RuntimeException e) {
      Primitives.undo(e, () -> giveBack(name));
      throw e;
    }
    Cancellation.shielded(() -> endLent(name));
    return result;
  }

  /** Ends what was started for its package manager only. */
  private void endLent(String name) {
    try {
      primitives.record(name, intent(false, Optional.empty())); // Upgraded: no way back.
      primitives.stop(name, false);
      primitives.forget(name);
    } catch (RuntimeException e) {
      Primitives.undo(e, () -> giveBack(name));
      throw e;
    }
  }

  private UpgradeResult change(
      String name, boolean active, PackageUpgrades packages, Operation operation) {
    Optional<SnapshotId> snapshot = Optional.empty();
    List<PackageChange> changes;
    try {
      try (PackageUpgrades.Session session =
          Primitives.ask(
              "find the package manager of " + name, () -> packages.open(name, operation))) {
        operation.step("look for newer packages in " + name);
        changes = Primitives.ask("look for newer packages in " + name, session::newer);
        if (changes.isEmpty()) {
          return new UpgradeResult(
              name, UpgradeSource.PACKAGES, Change.UNCHANGED, Optional.empty());
        }
        SnapshotId id = snapshots.next(name);
        snapshots.commit(name, id, BEFORE, operation);
        snapshot = Optional.of(id);
        primitives.record(name, intent(active, snapshot));
        operation.step("upgrade the packages of " + name);
        primitives.change("upgrade packages", name, session::upgrade);
      }
      if (active) {
        primitives.readying().verify(name);
      }
    } catch (RuntimeException e) {
      throw failed(name, active, snapshot, e, operation);
    }
    return new UpgradeResult(name, UpgradeSource.PACKAGES, Change.CHANGED, snapshot, changes);
  }

  private static Intent intent(boolean active, Optional<SnapshotId> snapshot) {
    return Intent.inPlace(OperationKind.CONTAINER_UPGRADE, active, snapshot);
  }

  private void giveBack(String name) {
    primitives.stop(name, false);
    primitives.forget(name);
  }

  private RuntimeException failed(
      String name,
      boolean active,
      Optional<SnapshotId> snapshot,
      RuntimeException cause,
      Operation operation) {
    return snapshot.isEmpty()
        ? cause // Nothing was changed yet.
        : Cancellation.shielded(() -> wentBack(name, active, snapshot.get(), cause, operation));
  }

  private RuntimeException wentBack(
      String name, boolean active, SnapshotId id, RuntimeException cause, Operation operation) {
    Intent intent = intent(active, Optional.of(id));
    return new Replacement.GoBack(
            "The upgrade of " + name,
            "The upgrade of " + name + " failed",
            "it is back at snapshot " + id,
            "going back to snapshot " + id)
        .after(cause, operation, () -> goBack(primitives.find(name), intent, false, operation));
  }

  /** Takes a container back whose upgrade was interrupted. */
  void recover(BackendContainer now, Intent intent, Operation operation) {
    String name = now.name();
    if (intent.snapshot().isEmpty()) {
      if (!intent.active() && Primitives.active(now)) {
        primitives.stop(name, false);
      }
      primitives.forget(name);
      return;
    }
    SnapshotId id = intent.snapshot().get();
    if (now.old().isEmpty() && snapshots.find(id).isEmpty()) {
      operation.warn(
          "The upgrade of %s was interrupted, and its snapshot %s is gone: it stays as it is"
              .formatted(name, id));
      primitives.forget(name);
      return;
    }
    operation.warn("The upgrade of %s was interrupted; it goes back to %s".formatted(name, id));
    goBack(now, intent, true, operation)
        .ifPresent(e -> Recovery.warnNotStarted(name, e, operation));
  }

  /**
   * Puts the snapshot in place of what was changed; what counts is the snapshot, so this goes only
   * forward. Can be interrupted anywhere and begun again.
   */
  private Optional<RuntimeException> goBack(
      BackendContainer now, Intent intent, boolean keep, Operation operation) {
    String name = now.name();
    if (now.old().isEmpty()) {
      snapshots.restore(intent.snapshot().orElseThrow(), name, intent, operation);
      if (now.current().isPresent()) {
        primitives.kill(name);
        primitives.move(name, Place.CURRENT, Place.OLD);
      }
    }
    if (primitives.find(name).current().isEmpty()) {
      primitives.move(name, Place.FRESH, Place.CURRENT);
    }
    Optional<RuntimeException> notStarted =
        intent.active() ? replacement.startAgain(name) : Optional.empty();
    if (keep && primitives.find(name).old().isPresent()) {
      snapshots.setAside(name, Place.OLD, operation);
    } else {
      primitives.remove(name, Place.OLD);
    }
    primitives.forget(name);
    return notStarted;
  }
}
