package io.overc.lxc.container;

import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.event.OperationKind;
import io.overc.internal.file.IoErrors;
import io.overc.internal.file.JournalFile;
import io.overc.lxc.disk.Disk;
import io.overc.snapshot.SnapshotId;
import io.overc.spi.Intent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps the intent of an operation on a container in a file, durably. */
public final class Journal {
  private static final String INTENT = "intent";

  private Journal() {}

  public static void write(Path file, Intent intent) {
    try {
      journal(file).write(Map.of(INTENT, intent.text()));
    } catch (IOException e) {
      throw IoErrors.failed("write the journal " + file, e);
    }
  }

  public static Optional<Intent> read(Path file) {
    JournalFile journal = journal(file);
    try {
      Optional<Map<String, String>> values = journal.read();
      return values.isEmpty() ? Optional.empty() : Optional.of(intent(values.get(), journal));
    } catch (VerificationException e) {
      return Optional.of(Disk.read(file).flatMap(Journal::earlier).orElseThrow(() -> e));
    } catch (IOException e) {
      throw IoErrors.failed("read the journal " + file, e);
    }
  }

  private static Intent intent(Map<String, String> values, JournalFile journal) {
    String text = values.getOrDefault(INTENT, "");
    return Intent.parse(text).orElseThrow(() -> journal.corrupt("it says '" + text + "'"));
  }

  private static JournalFile journal(Path file) {
    return new JournalFile(
        file,
        "The journal " + file,
        Remedy.other(
            "compare the container with what is in .overc/old beside it, then delete the journal"));
  }

  /** Reads what versions before this one wrote, which an interruption may have left. */
  private static Optional<Intent> earlier(String text) {
    Optional<Intent> intent = Intent.parse(text);
    if (intent.isPresent()) {
      return intent;
    }
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
