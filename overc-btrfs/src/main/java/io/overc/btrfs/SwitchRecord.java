package io.overc.btrfs;

import io.overc.error.OvercException;
import io.overc.host.HostStatus.BootOutcome;
import io.overc.host.HostStatus.LastSwitch;
import io.overc.internal.file.BoundedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** Remembers what was meant to boot, to tell after the boot whether it did. */
final class SwitchRecord {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final StateFile file;

  SwitchRecord(Path state) {
    this.file = new StateFile(state.resolve("last-switch"));
  }

  void note(JournalEntry.Verb verb, String meant, long id) throws IOException {
    file.note(
        Map.of(
            "operation", verb.word(),
            "meant", meant,
            "id", Long.toString(id),
            "since", Instant.now().toString(),
            "boot", bootId()));
  }

  /** Returns the operation that made what is pending, if the record tells. */
  Optional<String> operation(HostState state) {
    return read().filter(map -> id(map) == state.defaultId()).map(map -> map.get("operation"));
  }

  Optional<LastSwitch> lastSwitch(HostState state) {
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
      return BootOutcome.AS_MEANT;
    }
    boolean sameBoot = bootId().equals(map.get("boot")) && !state.inBackupMode();
    return sameBoot ? BootOutcome.NOT_BOOTED_YET : BootOutcome.OTHERWISE;
  }

  /** A record that cannot be read is no reason to fail: it only tells a story. */
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
