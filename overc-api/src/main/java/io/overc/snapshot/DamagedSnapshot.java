package io.overc.snapshot;

/**
 * Describes what has the name of a snapshot and cannot be restored.
 *
 * @param subject what was snapshotted
 * @param id how the store names it; it can be deleted by this id
 * @param reason what is wrong with it
 */
public record DamagedSnapshot(String subject, SnapshotId id, String reason) {}
