package io.overc.lxc.operation;

import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.LxcCommands;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.layout.PendingChange;
import io.overc.lxc.layout.SharedWith;
import io.overc.lxc.layout.SharingArea;
import io.overc.lxc.snapshot.LxcSnapshotId;
import io.overc.lxc.snapshot.SnapshotFiles;
import io.overc.spi.Instance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Refuses what would harm other containers or lose snapshots, and warns of what is lost. */
public record Guards(
    LxcPath path, LxcCommands commands, Dependents dependents, SnapshotFiles snapshots) {
  void check(OperationKind kind, String name, Operation operation) {
    Path container = path.container(name);
    if (!Disk.exists(container)) {
      return;
    }
    Path root = container.resolve("rootfs");
    if (!Files.isRegularFile(container.resolve("config"))) {
      throw new RefusedException(
          Guard.EXISTS,
          "Cannot create %s: %s exists and is not a container".formatted(name, container),
          Remedy.other("move it away"));
    }
    if (kind.equals(OperationKind.CONTAINER_ACTIVATE)) {
      dependents.refuse("replace", name, root);
      warnOfSharing(name, container, operation);
    } else if (kind.equals(OperationKind.CONTAINER_ROLLBACK)) {
      dependents.refuse("replace", name, root);
    } else if (kind.equals(OperationKind.SNAPSHOT_RESTORE)) {
      refuseActive(name);
      dependents.refuse("replace", name, root);
    } else if (kind.equals(OperationKind.CONTAINER_DELETE)) {
      dependents.refuse("delete", name, root);
      refuseOwnSnapshots(name);
    } else if (kind.equals(OperationKind.CONTAINER_UPGRADE)) {
      dependents.refuse("upgrade the packages of", name, root);
      refuseFrozen(name);
    }
  }

  private void refuseActive(String name) {
    if (commands.runs(name)) {
      throw new RefusedException(
          Guard.ACTIVE,
          "Cannot restore a snapshot over %s: it is active".formatted(name),
          Remedy.other("stop it first"));
    }
  }

  private void refuseFrozen(String name) {
    if (commands.state(name) == Instance.State.FROZEN) {
      throw new RefusedException(
          Guard.OTHER,
          "Cannot upgrade the packages of " + name + ": it is frozen",
          Remedy.other("thaw it first"));
    }
  }

  private void refuseOwnSnapshots(String name) {
    List<String> own =
        snapshots.list(name).stream()
            .map(snapshot -> snapshot.id().text())
            .filter(id -> snapshots.inContainer(LxcSnapshotId.parse(id)))
            .toList();
    if (!own.isEmpty()) {
      throw new RefusedException(
          Guard.IN_USE,
          "Cannot delete %s: the snapshots %s are in its directory"
              .formatted(name, String.join(", ", own)),
          Remedy.of(Remedy.Action.DELETE_SNAPSHOTS, name, "delete them first"));
    }
  }

  private void warnOfSharing(String name, Path container, Operation operation) {
    SharingArea area = new SharingArea(container);
    List<String> shared = area.shared().stream().map(SharedWith::directory).toList();
    if (!shared.isEmpty()) {
      operation.warn(
          "The new %s will have %s of its own; share them again"
              .formatted(name, String.join(", ", shared)));
    }
    List<PendingChange> queued = area.pending();
    if (!queued.isEmpty()) {
      operation.warn(
          "What is queued for %s of %s ends with the old root"
              .formatted(
                  String.join(
                      ", ", queued.stream().flatMap(c -> c.directories().stream()).toList()),
                  name));
    }
  }
}
