package io.overc.docker.container;

import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers.Recipe;
import io.overc.docker.engine.Labels;
import io.overc.error.VerificationException;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SubjectNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An image that is a snapshot: the tag is the id, the rest is in labels. */
record SnapshotImage(String reference, Labels labels) {
  private static final String SUBJECT = "io.overc.snapshot";
  private static final String CREATED = SUBJECT + ".created";
  private static final String COMMENT = SUBJECT + ".comment";
  private static final String OPTIONS = SUBJECT + ".options";
  private static final String NETWORKS = SUBJECT + ".networks";

  /** Returns what {@code commit --change} takes to make one. */
  static List<String> changes(Snapshot snapshot, Optional<EngineContainer> container) {
    List<String> labels = new ArrayList<>();
    labels.add(SUBJECT + "=" + snapshot.subject());
    labels.add(CREATED + "=" + snapshot.created().orElseThrow());
    labels.add(
        COMMENT + "=" + snapshot.comment().map(text -> "c" + Labels.encode(text)).orElse(""));
    container.ifPresent(
        of -> {
          labels.add(OPTIONS + "=" + Labels.encode(String.join("\n", of.options())));
          labels.add(NETWORKS + "=" + Labels.encode(String.join("\n", of.networks())));
        });
    return labels.stream().map(label -> "LABEL " + label).toList();
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
        Optional.of(labels.read(CREATED, Instant::parse)),
        comment.isEmpty() ? Optional.empty() : Optional.of(comment.substring(1)));
  }

  Recipe recipe() {
    return new Recipe(reference, lines(OPTIONS), lines(NETWORKS), List.of());
  }

  private List<String> lines(String label) {
    return labels.decoded(label).lines().filter(line -> !line.isEmpty()).toList();
  }
}
