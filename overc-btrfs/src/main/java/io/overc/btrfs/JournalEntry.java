package io.overc.btrfs;

import java.util.Locale;
import java.util.Map;

/**
 * What the journal says of the operation that is under way.
 *
 * @param verb the operation
 * @param step how far it has come
 * @param slot the slot that is made, or for a cancel the one that is dropped
 * @param nextId the subvolume the operation makes the default; 0 while preparing
 * @param backupId the subvolume that becomes the backup; 0 if the backup stays
 */
record JournalEntry(Verb verb, Step step, String slot, long nextId, long backupId) {
  enum Verb {
    UPGRADE,
    ROLLBACK,
    CANCEL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Step {
    /** Everything is built beside what is in use. */
    PREPARE,
    /** Everything is complete; names and the default are being switched. */
    SWITCH
  }

  static JournalEntry preparing(Verb verb, String slot) {
    return new JournalEntry(verb, Step.PREPARE, slot, 0, 0);
  }

  JournalEntry switching(long next, long backup) {
    return new JournalEntry(verb, Step.SWITCH, slot, next, backup);
  }

  Map<String, String> toMap() {
    return Map.of(
        "operation", verb.name(),
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
      throw new IllegalArgumentException("'" + slot + "' is no slot");
    }
    return new JournalEntry(
        Verb.valueOf(map.getOrDefault("operation", "")),
        Step.valueOf(map.getOrDefault("step", "")),
        slot,
        Long.parseLong(map.getOrDefault("next", "")),
        Long.parseLong(map.getOrDefault("backup", "")));
  }
}
