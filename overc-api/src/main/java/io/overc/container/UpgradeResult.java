package io.overc.container;

import io.overc.host.PackageChange;
import io.overc.snapshot.SnapshotId;
import java.util.List;
import java.util.Optional;

/**
 * Says what an upgrade of a container did.
 *
 * @param name the container
 * @param source where the new came from
 * @param change whether there was anything newer; an upgrade from the image always replaces
 * @param snapshot the snapshot of the container as it was before; empty if nothing changed, or the
 *     backend does not say
 * @param packages the packages that changed, where they were upgraded inside the container; empty
 *     otherwise
 */
public record UpgradeResult(
    String name,
    UpgradeSource source,
    Change change,
    Optional<SnapshotId> snapshot,
    List<PackageChange> packages) {

  /**
   * Copies the list.
   *
   * @param name the container
   * @param source where the new came from
   * @param change whether there was anything newer
   * @param snapshot the snapshot of the container as it was before
   * @param packages the packages that changed
   */
  public UpgradeResult {
    packages = List.copyOf(packages);
  }

  /**
   * Creates a result that names no packages.
   *
   * @param name the container
   * @param source where the new came from
   * @param change whether there was anything newer
   * @param snapshot the snapshot of the container as it was before
   */
  public UpgradeResult(
      String name, UpgradeSource source, Change change, Optional<SnapshotId> snapshot) {
    this(name, source, change, snapshot, List.of());
  }
}
