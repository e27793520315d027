package io.overc.btrfs.state;

import io.overc.error.OvercException;
import io.overc.host.HostStatus.BootOutcome;
import io.overc.host.HostStatus.LastSwitch;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.JournalFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** A record of what the next boot is expected to mount, to tell after the boot whether it did. */
public final class SwitchRecord {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final JournalFile file;

  SwitchRecord(Path state) {
    this.file = Journal.file(state, "last-switch");
  }

  /**
   * Writes what the next boot is expected to mount; durable when the file system commits.
   *
   * @param change the operation that decided it
   * @param expected the name of the root
   * @param id its number
   * @throws IOException if it cannot be written
   */
  public void note(HostChange change, String expected, long id) throws IOException {
    file.note(
        Map.of(
            "operation", change.word(),
            "meant", expected,
            "id", Long.toString(id),
            "since", Instant.now().toString(),
            "boot", bootId()));
  }

  /** Returns the operation that made what is pending, if the record tells. */
  public Optional<String> operation(HostState state) {
    return read().filter(map -> id(map) == state.defaultId()).map(map -> map.get("operation"));
  }

  /** Returns the last switch and its result, if one is recorded. */
  public Optional<LastSwitch> lastSwitch(HostState state) {
    return read()
        .map(
            map ->
                new LastSwitch(
                    map.getOrDefault("operation", ""),
                    map.getOrDefault("meant", ""),
                    since(map),
                    outcome(state, map)));
  }

  private static BootOutcome outcome(HostState state, Map<String, String> map) {
    if (state.runningId() == id(map)) {
      return BootOutcome.BOOTED_AS_EXPECTED;
    }
    boolean sameBoot = bootId().equals(map.get("boot")) && !state.inBackupMode();
    return sameBoot ? BootOutcome.NOT_BOOTED_YET : BootOutcome.BOOTED_OTHER;
  }

  /** A record that cannot be read is no reason to fail: nothing is decided by it. */
  private Optional<Map<String, String>> read() {
    try {
      return file.read();
    } catch (IOException | OvercException e) {
      return Optional.empty();
    }
  }

  private static long id(Map<String, String> map) {
    return Long.parseLong(map.getOrDefault("id", "0"));
  }

  private static Instant since(Map<String, String> map) {
    try {
      return Instant.parse(map.getOrDefault("since", ""));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  private static String bootId() {
    try {
      return BoundedFiles.latin(BOOT_ID, BoundedFiles.SMALL).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
