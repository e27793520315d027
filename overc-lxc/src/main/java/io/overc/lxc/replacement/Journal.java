package io.overc.lxc.replacement;

import io.overc.lxc.disk.Disk;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.Properties;

/**
 * Remembers what a replacement of a container was about to do, so that the next call can finish or
 * undo it.
 *
 * @param step how far it had come
 * @param present whether there was a container before
 * @param active whether it ran before
 * @param keep the snapshot that the replaced container becomes, or that an upgrade goes back to;
 *     empty if it is removed
 */
public record Journal(Step step, boolean present, boolean active, Optional<String> keep) {

  /** Says how far a replacement had come, and so what the next call does. */
  public enum Step {
    /** Its packages are being upgraded in it: go back to the snapshot. */
    UPGRADE,
    /** The old one counts: undo. */
    SWITCH,
    /** The new one stands: finish. */
    COMMIT
  }

  /** Returns the same journal once the new container stands. */
  Journal committed() {
    return new Journal(Step.COMMIT, present, active, keep);
  }

  /** Returns what is written to the disk. */
  public String text() {
    return "step=%s\npresent=%s\nactive=%s\nkeep=%s\n"
        .formatted(step, present, active, keep.orElse(""));
  }

  /** Reads what was written. */
  public static Journal parse(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw Disk.failed("read a journal", e);
    }
    return new Journal(
        Step.valueOf(properties.getProperty("step", "SWITCH")),
        Boolean.parseBoolean(properties.getProperty("present")),
        Boolean.parseBoolean(properties.getProperty("active")),
        Optional.of(properties.getProperty("keep", "")).filter(id -> !id.isEmpty()));
  }
}
