package io.overc.btrfs.powercut;

/**
 * Says when the power goes, and what the disk's cache loses.
 *
 * @param entries how many entries of the log the disk was asked
 * @param loss what becomes of the writes since the last flush
 * @param seed chooses which of them are lost
 */
public record PowerCut(int entries, Loss loss, long seed) {
  /** What becomes of the writes that no flush made durable. */
  public enum Loss {
    /** All of them are on the disk. */
    NOTHING,
    /** One is missing; the disk wrote the later ones first. */
    ONE,
    /** Each is missing with a probability of one half. */
    HALF,
    /** All but one are missing. */
    ALL_BUT_ONE,
    /** All of them are there, but of the last one only the first sectors. */
    TORN,
    /** Each is missing with a probability of one half, and the last one is torn. */
    HALF_AND_TORN
  }

  @Override
  public String toString() {
    return "power cut after entry " + entries + ", lost: " + loss + " (seed " + seed + ")";
  }
}
