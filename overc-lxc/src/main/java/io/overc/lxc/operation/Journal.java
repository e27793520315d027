package io.overc.lxc.operation;

import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.instance.ContainerState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what a replacement of a container was about to do, so that the next operation can
 * finish or undo it.
 *
 * @param step how far it had come
 * @param present whether there was a container before
 * @param before its state
 * @param keep the snapshot that the replaced container becomes, or that an upgrade goes back to;
 *     empty if it is removed
 */
record Journal(Step step, boolean present, ContainerState before, Optional<String> keep) {
  /** How far a replacement had come, and so what the next operation does. */
  enum Step {
    /** Its packages are being upgraded in it: go back to the snapshot. */
    UPGRADE,
    /** The old one counts: undo. */
    SWITCH,
    /** The new one counts: finish. */
    COMMIT
  }

  /** Returns the same journal once the new container counts. */
  Journal committed() {
    return new Journal(Step.COMMIT, present, before, keep);
  }

  void write(Path file) {
    Disk.write(
        file,
        "step=%s\npresent=%s\nactive=%s\nfrozen=%s\nkeep=%s\n"
            .formatted(
                step,
                present,
                before != ContainerState.STOPPED,
                before == ContainerState.FROZEN,
                keep.orElse("")));
  }

  static Optional<Journal> read(Path file) {
    return Disk.read(file).map(text -> parse(file, text));
  }

  private static Journal parse(Path file, String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> values.put(parts[0], parts[1]));
    try {
      return new Journal(
          Step.valueOf(values.getOrDefault("step", "")),
          Boolean.parseBoolean(values.get("present")),
          state(values),
          Optional.of(values.getOrDefault("keep", "")).filter(id -> !id.isEmpty()));
    } catch (IllegalArgumentException e) {
      throw new VerificationException(
          "The journal " + file + " is damaged",
          Remedy.other(
              "compare the container with what is in .overc/old beside it, then delete it"));
    }
  }

  private static ContainerState state(Map<String, String> values) {
    if (!Boolean.parseBoolean(values.get("active"))) {
      return ContainerState.STOPPED;
    }
    return Boolean.parseBoolean(values.get("frozen"))
        ? ContainerState.FROZEN
        : ContainerState.RUNNING;
  }
}
