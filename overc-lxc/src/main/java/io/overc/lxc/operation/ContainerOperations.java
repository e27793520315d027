package io.overc.lxc.operation;

import io.overc.container.ContainerNames;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.container.ContainerLock;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.Removal;
import io.overc.lxc.instance.Freezer;
import io.overc.lxc.share.SharingEngine;
import io.overc.lxc.snapshot.SnapshotFiles;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Runs the operations on containers: each under the lock of its container, after what an earlier
 * one left unfinished is finished or undone; and what it leaves itself, because it fails or is
 * cancelled, likewise.
 */
public final class ContainerOperations {
  private final LxcPath path;
  private final Freezer freezer;
  private final UpgradeRollback upgrades;
  private final Replacement replacement;
  private final SnapshotFiles snapshots;
  private final Removal removal;
  private final SharingEngine sharing;

  /**
   * Runs operations on the containers of a directory.
   *
   * @param path where they are
   * @param freezer thaws what is left frozen
   * @param upgrades takes back upgrades of packages
   * @param replacement finishes and undoes replacements
   * @param snapshots knows the snapshots that are not finished
   * @param removal removes those
   * @param sharing finishes and undoes changes of what is shared
   */
  public ContainerOperations(
      LxcPath path,
      Freezer freezer,
      UpgradeRollback upgrades,
      Replacement replacement,
      SnapshotFiles snapshots,
      Removal removal,
      SharingEngine sharing) {
    this.path = path;
    this.freezer = freezer;
    this.upgrades = upgrades;
    this.replacement = replacement;
    this.snapshots = snapshots;
    this.removal = removal;
    this.sharing = sharing;
  }

  /** Runs an operation on a container, which need not exist. */
  public <T> T run(OperationKind kind, String name, OperationOptions call, Operation.Body<T> work) {
    check(name);
    return Operation.run(call, kind, name, operation -> locked(name, operation, work));
  }

  /** Runs an operation on a container that exists. */
  public <T> T change(
      OperationKind kind, String name, OperationOptions call, Operation.Body<T> work) {
    return run(
        kind,
        name,
        call,
        operation -> {
          path.need(name);
          return work.run(operation);
        });
  }

  /** Throws if a name is invalid, or there is no directory of containers. */
  public void check(String name) {
    ContainerNames.container(name);
    if (!Files.isDirectory(path.root())) {
      throw path.missing();
    }
  }

  /** Does the part of an operation that needs the lock of its container. */
  @SuppressWarnings("try") // held, not used
  public <T> T locked(String name, Operation operation, Operation.Body<T> work) throws IOException {
    try (HeldLock lock = hold(name, operation)) {
      try {
        return work.run(operation);
      } catch (IOException | RuntimeException e) {
        putBack(name, operation, e);
        throw e;
      }
    }
  }

  /** Locks a container and finishes or undoes what was left unfinished, even if cancelled. */
  HeldLock hold(String name, Operation operation) {
    HeldLock lock = ContainerLock.of(path, name, operation.info().kind().name());
    try {
      Cancellation.shielded(() -> recover(name, operation));
      return lock;
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private void putBack(String name, Operation operation, Exception cause) {
    try {
      Cancellation.shielded(() -> recover(name, operation));
    } catch (OvercException e) {
      cause.addSuppressed(e);
    }
  }

  private void recover(String name, Operation operation) {
    freezer.recover(name);
    upgrades.recover(name, operation);
    replacement.recover(name, operation);
    snapshots.unfinished(name).forEach(removal::run);
    if (path.present(name)) {
      sharing.recover(path.container(name));
    }
  }
}
