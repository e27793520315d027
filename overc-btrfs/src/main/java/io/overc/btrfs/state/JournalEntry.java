package io.overc.btrfs.state;

import java.util.Map;

/**
 * The operation that is under way, as the journal names it.
 *
 * @param change the operation
 * @param step how far it has come
 * @param slot the slot that is made, or for a cancel the one that is dropped
 * @param nextId the subvolume the operation makes the default; 0 while preparing
 * @param backupId the subvolume that becomes the backup; 0 if the backup stays
 */
public record JournalEntry(HostChange change, Step step, String slot, long nextId, long backupId) {
  /** How far an operation has come. */
  public enum Step {
    /** Everything is built beside what is in use. */
    PREPARE,
    /** Everything is complete; names and the default are being switched. */
    SWITCH
  }

  /** Returns the entry with which an operation begins. */
  public static JournalEntry preparing(HostChange change, String slot) {
    return new JournalEntry(change, Step.PREPARE, slot, 0, 0);
  }

  /** Returns the entry of the same operation when everything is prepared. */
  public JournalEntry switching(long next, long backup) {
    return new JournalEntry(change, Step.SWITCH, slot, next, backup);
  }

  Map<String, String> toMap() {
    return Map.of(
        "operation", change.name(),
        "step", step.name(),
        "slot", slot,
        "next", Long.toString(nextId),
        "backup", Long.toString(backupId));
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException if something is missing or senseless
   */
  static JournalEntry of(Map<String, String> map) {
    String slot = map.getOrDefault("slot", "");
    if (!Layout.isSlot(slot)) {
      throw new IllegalArgumentException("'" + slot + "' is not a slot");
    }
    return new JournalEntry(
        HostChange.valueOf(map.getOrDefault("operation", "")),
        Step.valueOf(map.getOrDefault("step", "")),
        slot,
        Long.parseLong(map.getOrDefault("next", "")),
        Long.parseLong(map.getOrDefault("backup", "")));
  }
}
