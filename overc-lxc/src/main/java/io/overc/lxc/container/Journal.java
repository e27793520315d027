package io.overc.lxc.container;

import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.event.OperationKind;
import io.overc.lxc.disk.Disk;
import io.overc.snapshot.SnapshotId;
import io.overc.spi.Intent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps the intent of an operation on a container in a file, durably. */
public final class Journal {
  private Journal() {}

  /** Replaces what the file says. */
  public static void write(Path file, Intent intent) {
    Disk.write(file, intent.text() + "\n");
  }

  /** Reads the file, if there is one. */
  public static Optional<Intent> read(Path file) {
    return Disk.read(file)
        .map(
            text ->
                Intent.parse(text)
                    .or(() -> earlier(text))
                    .orElseThrow(
                        () ->
                            new VerificationException(
                                "The journal " + file + " is damaged",
                                Remedy.other(
                                    "compare the container with what is in .overc/old beside it, then delete it"))));
  }

  /** Reads what versions before this one wrote, which an interruption may have left. */
  private static Optional<Intent> earlier(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> values.put(parts[0], parts[1]));
    boolean active = Boolean.parseBoolean(values.get("active"));
    Optional<SnapshotId> keep = SnapshotId.parse(values.getOrDefault("keep", ""));
    OperationKind kind =
        keep.isPresent() ? OperationKind.CONTAINER_ACTIVATE : OperationKind.CONTAINER_ROLLBACK;
    return switch (values.getOrDefault("step", "")) {
      case "UPGRADE" -> Optional.of(Intent.inPlace(OperationKind.CONTAINER_UPGRADE, active, keep));
      case "SWITCH" -> Optional.of(Intent.replace(kind, active, active || keep.isPresent(), keep));
      // The new one was known to work: it need not be started to find that out.
      case "COMMIT" -> Optional.of(Intent.replace(kind, active, /* start= */ false, keep));
      default -> Optional.empty();
    };
  }
}
