package io.overc.lxc.operation;

import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.instance.ContainerState;
import io.overc.lxc.instance.Instance;
import io.overc.lxc.snapshot.LxcSnapshotId;
import io.overc.lxc.snapshot.SnapshotMaker;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Takes a container that was changed in place back to the snapshot that its journal names. Can be
 * interrupted anywhere and begun again: the snapshot is what counts.
 */
public final class UpgradeRollback {
  private final LxcPath path;
  private final Instance instance;
  private final SnapshotMaker snapshots;
  private final Replacement replacement;
  private final Dependents dependents;
  private final SideEffects effects;

  /**
   * Takes back the containers of a directory.
   *
   * @param path where they are
   * @param instance stops and starts them
   * @param snapshots copies the snapshots
   * @param replacement removes what was upgraded
   * @param dependents counts overlays
   * @param effects the fault-injection point
   */
  public UpgradeRollback(
      LxcPath path,
      Instance instance,
      SnapshotMaker snapshots,
      Replacement replacement,
      Dependents dependents,
      SideEffects effects) {
    this.path = path;
    this.instance = instance;
    this.snapshots = snapshots;
    this.replacement = replacement;
    this.dependents = dependents;
    this.effects = effects;
  }

  /** Takes a container back whose upgrade was interrupted; does nothing to any other. */
  void recover(String name, Operation operation) {
    Journal.read(path.journal(name))
        .filter(journal -> journal.step() == Journal.Step.UPGRADE)
        .ifPresent(journal -> recover(name, journal, operation));
  }

  private void recover(String name, Journal journal, Operation operation) {
    String snapshot = journal.keep().orElse("");
    operation.warn(
        "The upgrade of %s was interrupted; it goes back to %s".formatted(name, snapshot));
    if (!Disk.exists(path.snapshot(snapshot)) || !path.present(name)) {
      operation.warn("There is no %s or no %s any more".formatted(snapshot, name));
      Disk.delete(path.journal(name));
      return;
    }
    run(name, journal, operation)
        .ifPresent(e -> operation.warn(name + " is back, but does not start: " + e.getMessage()));
  }

  /** Returns why the container, which is back, did not start, if it should and did not. */
  Optional<OvercException> run(String name, Journal journal, Operation operation) {
    LxcSnapshotId id = LxcSnapshotId.parse(journal.keep().orElseThrow());
    Path container = path.container(name);
    Path old = path.old(name);
    operation.step("go back to " + id);
    snapshots.prepare(id, name, operation);
    effects.run("kill upgraded", () -> instance.kill(name));
    if (Disk.exists(container)) {
      replacement.leave(name, old);
      effects.run("move upgraded aside", () -> Disk.rename(container, old));
    }
    effects.run("put snapshot in place", () -> Disk.rename(path.fresh(name), container));
    replacement.leave(name, old);
    dependents.register(container);
    Optional<OvercException> notStarted = Optional.empty();
    if (journal.before() != ContainerState.STOPPED) {
      try {
        effects.run("start", () -> instance.restore(name, journal.before()));
      } catch (OvercException e) {
        notStarted = Optional.of(e);
      }
    }
    // A container that does not start must not block what its user does about it.
    effects.run("remove journal", () -> Disk.delete(path.journal(name)));
    return notStarted;
  }
}
