package io.overc.spi;

import io.overc.event.OperationKind;
import io.overc.snapshot.SnapshotId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operation is about to do with a container, so that whoever comes after an interruption
 * can finish or undo it. A backend keeps its {@linkplain #text text} with the container itself: in
 * a label, in a line of its configuration, in a file beside it. Immutable.
 */
public final class Intent {
  private final Type type;
  private final OperationKind operation;
  private final boolean active;
  private final boolean start;
  private final @Nullable SnapshotId snapshot;

  private Intent(
      Type type,
      OperationKind operation,
      boolean active,
      boolean start,
      @Nullable SnapshotId snapshot) {
    this.type = type;
    this.operation = operation;
    this.active = active;
    this.start = start;
    this.snapshot = snapshot;
  }

  /** How an interrupted operation is dealt with. */
  public enum Type {
    /** A new container replaces the current one: the old one counts until the new one is ready. */
    REPLACE,
    /** The current one is changed in place: it goes back to the snapshot, if there is one yet. */
    IN_PLACE,
    /** The current one is frozen for a while: it is thawed. */
    FREEZE
  }

  /**
   * {@return the intent of a replacement}
   *
   * @param operation what is done
   * @param active whether the current container runs
   * @param start whether the new one is to run
   * @param keep the snapshot that the old one becomes, if any
   */
  public static Intent replace(
      OperationKind operation, boolean active, boolean start, Optional<SnapshotId> keep) {
    return new Intent(Type.REPLACE, operation, active, start, keep.orElse(null));
  }

  /**
   * {@return the intent of a change in place}
   *
   * @param operation what is done
   * @param active whether the container runs, and is to run afterwards
   * @param goBack the snapshot to go back to; empty as long as nothing is changed
   */
  public static Intent inPlace(
      OperationKind operation, boolean active, Optional<SnapshotId> goBack) {
    return new Intent(Type.IN_PLACE, operation, active, active, goBack.orElse(null));
  }

  /** {@return the intent of a container that stands still for its snapshot} */
  public static Intent freeze() {
    return new Intent(Type.FREEZE, OperationKind.SNAPSHOT_CREATE, true, true, null);
  }

  /** {@return how it is dealt with when it was interrupted} */
  public Type type() {
    return type;
  }

  /** {@return the kind of the operation} */
  public OperationKind operation() {
    return operation;
  }

  /** {@return whether the container ran before} */
  public boolean active() {
    return active;
  }

  /** {@return whether the container is to run afterwards} */
  public boolean start() {
    return start;
  }

  /**
   * {@return the snapshot that the replaced container becomes, or that a change in place goes back
   * to, if there is one}
   */
  public Optional<SnapshotId> snapshot() {
    return Optional.ofNullable(snapshot);
  }

  /**
   * {@return what {@link #parse} reads: one line of ASCII without quotes, for example {@code
   * type=REPLACE operation=container-activate active=true start=true}}
   */
  public String text() {
    String words =
        "type=%s operation=%s active=%s start=%s"
            .formatted(type, operation.name().replace(' ', '-'), active, start);
    return snapshot == null ? words : words + " snapshot=" + snapshot;
  }

  /**
   * Reads what a backend kept.
   *
   * @param text what {@link #text} returned
   * @return the intent; empty if the text is none
   */
  public static Optional<Intent> parse(String text) {
    Map<String, String> words = new HashMap<>();
    for (String word : text.strip().split("\\s+", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        words.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    for (Type type : Type.values()) {
      if (type.name().equals(words.get("type"))) {
        OperationKind operation =
            new OperationKind(words.getOrDefault("operation", "unknown").replace('-', ' '));
        return Optional.of(
            new Intent(
                type,
                operation,
                Boolean.parseBoolean(words.get("active")),
                Boolean.parseBoolean(words.get("start")),
                SnapshotId.parse(words.getOrDefault("snapshot", "")).orElse(null)));
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return text();
  }
}
