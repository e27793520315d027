package io.overc.lxc.operation;

import io.overc.container.ActivateResult;
import io.overc.container.WhenActive;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.instance.Instance;
import io.overc.lxc.layout.PendingChange;
import io.overc.lxc.layout.SharedWith;
import io.overc.lxc.share.SharingEngine;
import io.overc.lxc.snapshot.SnapshotFiles;
import io.overc.snapshot.SnapshotId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Creates a container from the template's image, or replaces one by it. */
public final class Activation {
  private final LxcPath path;
  private final Instance instance;
  private final Dependents dependents;
  private final SharingEngine sharing;
  private final SnapshotFiles snapshots;
  private final ImageUnpacking unpacking;
  private final Replacement replacement;

  /**
   * Activates the containers of a directory.
   *
   * @param path where they are
   * @param instance tells whether they run
   * @param dependents tells who lies on them
   * @param sharing tells what they share
   * @param snapshots names the snapshot that the old one becomes
   * @param unpacking prepares the new one
   * @param replacement exchanges them
   */
  public Activation(
      LxcPath path,
      Instance instance,
      Dependents dependents,
      SharingEngine sharing,
      SnapshotFiles snapshots,
      ImageUnpacking unpacking,
      Replacement replacement) {
    this.path = path;
    this.instance = instance;
    this.dependents = dependents;
    this.sharing = sharing;
    this.snapshots = snapshots;
    this.unpacking = unpacking;
    this.replacement = replacement;
  }

  /** Activates a container. */
  public ActivateResult run(String name, WhenActive whenActive, Operation operation) {
    boolean present = path.present(name);
    Path container = path.container(name);
    if (present) {
      if (whenActive == WhenActive.REFUSE && instance.runs(name)) {
        throw active("activate", name);
      }
      dependents.refuse("replace", name, container.resolve("rootfs"));
      warnOfSharing(name, container, operation);
    } else if (Disk.exists(container)) {
      throw new RefusedException(
          Guard.EXISTS,
          "Cannot create %s: %s exists and is not a container".formatted(name, container),
          Remedy.other("move it away"));
    }
    unpacking.prepare(name, present, operation);
    Optional<String> keep =
        present ? Optional.of(snapshots.next(name).toString()) : Optional.empty();
    replacement.run(name, true, keep, operation);
    operation.result(
        keep.map(id -> "replaced %s, which is kept as %s".formatted(name, id))
            .orElse("created " + name));
    return new ActivateResult(
        name,
        present ? ActivateResult.Outcome.REPLACED : ActivateResult.Outcome.CREATED,
        keep.map(SnapshotId::of));
  }

  private void warnOfSharing(String name, Path container, Operation operation) {
    List<String> shared = sharing.shared(container).stream().map(SharedWith::directory).toList();
    if (!shared.isEmpty()) {
      operation.warn(
          "The new %s will have %s of its own; share them again"
              .formatted(name, String.join(", ", shared)));
    }
    List<PendingChange> queued = sharing.pending(container);
    if (!queued.isEmpty()) {
      operation.warn(
          "What is queued for %s of %s ends with the old root"
              .formatted(
                  String.join(
                      ", ", queued.stream().flatMap(c -> c.directories().stream()).toList()),
                  name));
    }
  }

  static RefusedException active(String attempt, String name) {
    return new RefusedException(
        Guard.ACTIVE,
        "Cannot %s %s: it is active".formatted(attempt, name),
        Remedy.of(Remedy.Action.ALLOW_STOP, name, "stop it first, or allow it to be stopped"));
  }
}
