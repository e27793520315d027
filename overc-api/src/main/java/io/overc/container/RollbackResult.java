package io.overc.container;

import io.overc.snapshot.SnapshotId;
import java.util.Optional;

/**
 * Says what a rollback of a container did.
 *
 * @param name the container
 * @param snapshot the snapshot it was taken back to; empty if the backend chose it and does not say
 */
public record RollbackResult(String name, Optional<SnapshotId> snapshot) {}
