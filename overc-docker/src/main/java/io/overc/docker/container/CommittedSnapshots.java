package io.overc.docker.container;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.EngineContainers.Recipe;
import io.overc.docker.engine.Images;
import io.overc.docker.engine.Labels;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SubjectNames;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Keeps snapshots of containers as committed images of one repository: the tag is the id, the rest
 * is in labels. The commit is the moment from which on there is a snapshot.
 *
 * @param containers makes, commits and removes containers
 * @param repository the repository of the images
 */
public record CommittedSnapshots(EngineContainers containers, String repository) {
  private static final Logger LOG = LoggerFactory.getLogger(CommittedSnapshots.class);
  private static final String SUBJECT = "io.overc.snapshot";
  private static final String CREATED = SUBJECT + ".created";
  private static final String COMMENT = SUBJECT + ".comment";
  private static final String OPTIONS = SUBJECT + ".options";
  private static final String NETWORKS = SUBJECT + ".networks";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSSSSS").withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * A snapshot, and the labels that say what a container is made of again.
   *
   * @param snapshot the snapshot
   * @param reference the name of its image
   * @param labels the labels of its image
   */
  public record Entry(Snapshot snapshot, String reference, Labels labels) {

    /** Returns what a container is made of again. */
    public Recipe recipe() {
      return new Recipe(reference, lines(OPTIONS), lines(NETWORKS), List.of());
    }

    private List<String> lines(String label) {
      return labels.decoded(label).lines().filter(line -> !line.isEmpty()).toList();
    }
  }

  /** Returns all snapshots, the earliest first; one that is damaged hides no other. */
  public List<Entry> all() {
    List<String> references =
        docker().lines("list snapshots", "images", "--format", "{{.Tag}}", repository).stream()
            .filter(tag -> !tag.equals("<none>"))
            .map(tag -> repository + ":" + tag)
            .toList();
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (JsonNode image : docker().inspect("image", references)) {
      for (JsonNode tag : image.path("RepoTags")) {
        String name = tag.asString("");
        int at = name.indexOf(repository + ":");
        if (at == 0 || (at > 0 && name.charAt(at - 1) == '/')) {
          read(name.substring(at), image.at("/Config/Labels"))
              .ifPresent(entry -> entries.put(entry.reference, entry));
        }
      }
    }
    return entries.values().stream()
        .sorted(Comparator.comparing(entry -> entry.snapshot().created().orElse(Instant.EPOCH)))
        .toList();
  }

  /** Returns the snapshots of one container, the earliest first. */
  public List<Entry> of(String subject) {
    return all().stream().filter(entry -> entry.snapshot().subject().equals(subject)).toList();
  }

  /** Returns a snapshot that must exist. */
  public Entry require(SnapshotId id) {
    return all().stream()
        .filter(entry -> entry.snapshot().id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "There is no snapshot '" + id + "'",
                    Remedy.of(Remedy.Action.LIST_SNAPSHOTS, "", "list those that exist")));
  }

  /**
   * Snapshots a container.
   *
   * @param container the container
   * @param comment what people say of it, or empty
   * @param freeze whether the container pauses meanwhile
   * @param operation reports it
   * @return the snapshot
   */
  public Snapshot create(
      EngineContainer container, Optional<String> comment, boolean freeze, Operation operation) {
    operation.step("commit the container");
    Snapshot snapshot = named(container.name(), comment);
    containers.commit(
        container,
        freeze,
        changes(snapshot, container.options(), container.networks()),
        reference(snapshot.id()));
    operation.result("made " + snapshot.id());
    return snapshot;
  }

  /** Deletes a snapshot; a container that was made of it keeps the image, without a name. */
  public void delete(SnapshotId id) {
    Cancellation.shielded(
        () ->
            new Images(docker(), docker().timeout())
                .removeName(reference(id), "delete snapshot", "delete the snapshot " + id));
  }

  /**
   * Deletes all snapshots of a container; one that cannot be deleted does not stop the others.
   *
   * @param subject the container
   * @return how many there were
   */
  public int deleteAll(String subject) {
    List<String> failures = new ArrayList<>();
    List<Entry> all = of(subject);
    for (Entry entry : all) {
      SnapshotId id = entry.snapshot().id();
      Cancellation.check("deleting the snapshots of " + subject);
      try {
        delete(id);
      } catch (OvercException e) {
        failures.add(id + ": " + e.getMessage());
      }
    }
    if (!failures.isEmpty()) {
      throw new OvercException(
          "Could not delete all snapshots of " + subject + ": " + String.join("; ", failures));
    }
    return all.size();
  }

  String reference(SnapshotId id) {
    return repository + ":" + id;
  }

  /** Makes a snapshot of an image that was made elsewhere: a container is needed to label it. */
  Snapshot adopt(String image, String subject) {
    Snapshot snapshot = named(subject, Optional.empty());
    String temporary = "overc-import-" + snapshot.id();
    try {
      containers.create(temporary, new Recipe(image, List.of(), List.of(), List.of()));
      List<String> changes =
          Stream.of(
                  SUBJECT + "=" + subject,
                  CREATED + "=" + snapshot.created().orElseThrow(),
                  COMMENT + "=")
              .map(label -> "LABEL " + label)
              .toList();
      containers.commit(containers.require(temporary), false, changes, reference(snapshot.id()));
    } finally {
      Cancellation.shielded(() -> containers.remove(temporary));
    }
    return snapshot;
  }

  private Docker docker() {
    return containers.docker();
  }

  private static List<String> changes(
      Snapshot snapshot, List<String> options, List<String> networks) {
    return List.of(
        "LABEL " + SUBJECT + "=" + snapshot.subject(),
        "LABEL " + CREATED + "=" + snapshot.created().orElseThrow(),
        "LABEL "
            + COMMENT
            + "="
            + snapshot.comment().map(text -> "c" + Labels.encode(text)).orElse(""),
        "LABEL " + OPTIONS + "=" + Labels.encode(String.join("\n", options)),
        "LABEL " + NETWORKS + "=" + Labels.encode(String.join("\n", networks)));
  }

  private static Snapshot named(String subject, Optional<String> comment) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    String suffix = "%04x".formatted(RANDOM.nextInt(1 << 16));
    String id = subject + "-" + STAMP.format(now) + "-" + suffix;
    return new Snapshot(subject, SnapshotId.of(id), Optional.of(now), comment);
  }

  private Optional<Entry> read(String reference, JsonNode json) {
    Labels labels = new Labels("the image " + reference, json);
    if (labels.text(SUBJECT).isEmpty()) {
      return Optional.empty();
    }
    try {
      String comment = labels.decoded(COMMENT);
      Snapshot snapshot =
          new Snapshot(
              labels.read(SUBJECT, SubjectNames::check),
              SnapshotId.of(reference.substring(repository.length() + 1)),
              Optional.of(labels.read(CREATED, Instant::parse)),
              comment.isEmpty() ? Optional.empty() : Optional.of(comment.substring(1)));
      return Optional.of(new Entry(snapshot, reference, labels));
    } catch (VerificationException e) {
      LOG.warn("A snapshot is passed over: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
