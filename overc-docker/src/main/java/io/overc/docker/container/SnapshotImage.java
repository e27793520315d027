package io.overc.docker.container;

import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers.Recipe;
import io.overc.docker.engine.Labels;
import io.overc.error.VerificationException;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SubjectNames;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An image that is a snapshot: the tag is the id, the rest is in labels. */
record SnapshotImage(String reference, Labels labels) {
  private static final String SUBJECT = "io.overc.snapshot";
  private static final String CREATED = SUBJECT + ".created";
  private static final String COMMENT = SUBJECT + ".comment";
  private static final String OPTIONS = SUBJECT + ".options";
  private static final String NETWORKS = SUBJECT + ".networks";

  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  /** All but the template, which is a word. */
  private static final Pattern OURS = Pattern.compile("io\\.overc\\.(?!template$)[a-z.-]+");

  /** Returns what {@code commit --change} takes to make one of a container that is here. */
  static List<String> changes(Snapshot snapshot, EngineContainer container) {
    return changes(snapshot, container.options(), container.networks()).toList();
  }

  /**
   * Returns what {@code commit --change} takes to make one of an image from elsewhere. No label of
   * ours that the image brings counts here; one cannot be taken off, only emptied.
   */
  static List<String> changes(Snapshot snapshot, ImportedOptions options, Labels brought) {
    return Stream.concat(
            brought.names().filter(OURS.asMatchPredicate()).map(name -> "LABEL " + name + "="),
            changes(snapshot, options.kept(), options.networks()))
        .toList();
  }

  private static Stream<String> changes(
      Snapshot snapshot, List<String> options, List<String> networks) {
    return Stream.of(
            SUBJECT + "=" + snapshot.subject(),
            CREATED + "=" + snapshot.created().orElseThrow(),
            COMMENT + "=" + snapshot.comment().map(text -> "c" + Labels.encode(text)).orElse(""),
            OPTIONS + "=" + Labels.encode(String.join("\n", options)),
            NETWORKS + "=" + Labels.encode(String.join("\n", networks)))
        .map(label -> "LABEL " + label);
  }

  /** Returns whose snapshot it is; empty for another image. */
  Optional<String> subject() {
    String subject = labels.text(SUBJECT);
    return subject.isEmpty()
        ? Optional.empty()
        : Optional.of(labels.read(SUBJECT, SubjectNames::check));
  }

  SnapshotId id() {
    return SnapshotId.of(reference.substring(reference.lastIndexOf(':') + 1));
  }

  /**
   * Reads the labels.
   *
   * @throws VerificationException if one of them is damaged
   */
  Snapshot snapshot() {
    String comment = labels.decoded(COMMENT);
    return new Snapshot(
        labels.read(SUBJECT, SubjectNames::check),
        id(),
        Optional.of(labels.read(CREATED, SnapshotImage::instant)),
        comment.isEmpty() ? Optional.empty() : Optional.of(comment.substring(1)));
  }

  /** A year that no clock shows cannot be shown in every time zone either. */
  private static Instant instant(String text) {
    Instant instant = Instant.parse(text);
    if (instant.isBefore(Instant.EPOCH) || !instant.isBefore(END)) {
      throw new DateTimeException("'" + text + "' is no time of a snapshot");
    }
    return instant;
  }

  Recipe recipe() {
    return new Recipe(reference, lines(OPTIONS), lines(NETWORKS), List.of());
  }

  /** Returns what of {@link #recipe} an image from elsewhere may have here. */
  ImportedOptions imported(String network, ImportOptions trust) {
    return ImportedOptions.of(lines(OPTIONS), lines(NETWORKS), network, trust);
  }

  private List<String> lines(String label) {
    return labels.decoded(label).lines().filter(line -> !line.isEmpty()).toList();
  }
}
