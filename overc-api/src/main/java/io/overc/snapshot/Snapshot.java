package io.overc.snapshot;

import java.time.Instant;
import java.util.Optional;

/**
 * Describes a snapshot.
 *
 * @param subject what was snapshotted: a subvolume, a container, a directory
 * @param id how the store names the snapshot; unique in the store
 * @param created when it was made; empty where the store cannot say. For people: snapshots are
 *     ordered by the store, not by the clock
 * @param comment what its maker wrote about it
 */
public record Snapshot(
    String subject, SnapshotId id, Optional<Instant> created, Optional<String> comment) {}
