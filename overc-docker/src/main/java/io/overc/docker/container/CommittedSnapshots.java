package io.overc.docker.container;

import io.overc.container.ContainerNames;
import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.Labels;
import io.overc.docker.engine.PackImage;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.exec.CommandResult;
import io.overc.snapshot.Snapshot;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Keeps snapshots of containers as committed images of one repository: the tag is the id, the rest
 * is in labels. The commit is the moment from which on there is a snapshot.
 */
public final class CommittedSnapshots {
  private static final String SUBJECT = "io.overc.snapshot";
  private static final String CREATED = SUBJECT + ".created";
  private static final String COMMENT = SUBJECT + ".comment";
  private static final String OPTIONS = SUBJECT + ".options";
  private static final String NETWORKS = SUBJECT + ".networks";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSSSSS").withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final EngineContainers containers;
  private final Docker docker;
  private final String repository;

  /**
   * Makes no call yet.
   *
   * @param containers makes and removes containers
   * @param repository the repository of the images
   */
  public CommittedSnapshots(EngineContainers containers, String repository) {
    this.containers = containers;
    this.docker = containers.docker();
    this.repository = repository;
  }

  /**
   * Holds a snapshot and what a container is made of again.
   *
   * @param snapshot the snapshot
   * @param recipe what a container is made of again
   */
  public record Entry(Snapshot snapshot, Replacement.Recipe recipe) {}

  /**
   * Returns all snapshots.
   *
   * @return the snapshots, the earliest first
   */
  public List<Entry> all() {
    List<String> ids =
        docker
            .must("list snapshots", "images", "--no-trunc", "--format", "{{.Tag}}", repository)
            .lines()
            .filter(tag -> !tag.equals("<none>") && !tag.isBlank())
            .map(this::reference)
            .toList();
    if (ids.isEmpty()) {
      return List.of();
    }
    List<String> call = new ArrayList<>(List.of("image", "inspect", "--format", format()));
    call.addAll(ids);
    CommandResult result = docker.run(docker.call(call).outputLimit(1 << 26).build());
    if (!Docker.missing(result)) {
      result.orThrow("examine the snapshots");
    }
    return result
        .lines()
        .flatMap(line -> entry(line).stream())
        .sorted(Comparator.comparing(entry -> entry.snapshot().created()))
        .toList();
  }

  /**
   * Returns the snapshots of one container.
   *
   * @param subject the container
   * @return the snapshots, the earliest first
   */
  public List<Snapshot> of(String subject) {
    return all().stream()
        .map(Entry::snapshot)
        .filter(snapshot -> snapshot.subject().equals(subject))
        .toList();
  }

  /**
   * Returns a snapshot that must exist.
   *
   * @param id its id
   * @return the snapshot
   * @throws NotFoundException if there is none
   */
  public Entry existing(String id) {
    ContainerNames.snapshot(id);
    return all().stream()
        .filter(entry -> entry.snapshot().id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("There is no snapshot '" + id + "'"));
  }

  /**
   * Snapshots a container.
   *
   * @param container the container
   * @param comment what people say of it, or empty
   * @param freeze whether the container pauses meanwhile
   * @return the snapshot
   */
  public Snapshot create(EngineContainer container, Optional<String> comment, boolean freeze) {
    Snapshot snapshot = named(container.name(), comment);
    List<String> call = new ArrayList<>(List.of("commit", "--pause=" + freeze));
    changes(snapshot, container.options(), container.networks())
        .forEach(change -> call.addAll(List.of("--change", change)));
    call.addAll(List.of(container.name(), reference(snapshot.id())));
    containers
        .effects()
        .run(
            "commit snapshot",
            () ->
                docker.must(
                    "snapshot the container " + container.name(), docker.call(call).build()));
    return snapshot;
  }

  /**
   * Deletes a snapshot.
   *
   * @param id its id
   */
  public void delete(String id) {
    containers
        .effects()
        .run(
            "delete snapshot",
            () -> docker.must("delete the snapshot " + id, "rmi", "--force", reference(id)));
  }

  /**
   * Deletes all snapshots of a container; one that cannot be deleted does not stop the others.
   *
   * @param subject the container
   * @return how many there were
   */
  public int deleteAll(String subject) {
    List<String> failures = new ArrayList<>();
    List<Snapshot> all = of(subject);
    for (Snapshot snapshot : all) {
      try {
        delete(snapshot.id());
      } catch (OvercException e) {
        failures.add(snapshot.id() + ": " + e.getMessage());
      }
    }
    if (!failures.isEmpty()) {
      throw new OvercException(
          "Could not delete all snapshots of " + subject + ": " + String.join("; ", failures));
    }
    return all.size();
  }

  String reference(String id) {
    return repository + ":" + id;
  }

  /** Makes a snapshot of an image that was made elsewhere: a container is needed to label it. */
  Snapshot adopt(String image, String subject) {
    Snapshot snapshot = named(subject, Optional.empty());
    String temporary = "overc-import-" + snapshot.id();
    containers.create(temporary, image, List.of(), List.of(), List.of());
    try {
      List<String> call = new ArrayList<>(List.of("commit"));
      List.of(SUBJECT + "=" + subject, CREATED + "=" + snapshot.created(), COMMENT + "=")
          .forEach(label -> call.addAll(List.of("--change", "LABEL " + label)));
      call.addAll(List.of(temporary, reference(snapshot.id())));
      containers
          .effects()
          .run(
              "commit snapshot",
              () -> docker.must("import a snapshot of " + subject, docker.call(call).build()));
    } finally {
      containers.remove(temporary);
    }
    return snapshot;
  }

  private static List<String> changes(
      Snapshot snapshot, List<String> options, List<String> networks) {
    return List.of(
        "LABEL " + SUBJECT + "=" + snapshot.subject(),
        "LABEL " + CREATED + "=" + snapshot.created(),
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
    return new Snapshot(subject, id, now, comment);
  }

  private String format() {
    return String.join(
        "\t",
        "{{range .RepoTags}}{{.}} {{end}}",
        Labels.print(SUBJECT),
        Labels.print(CREATED),
        Labels.print(COMMENT),
        Labels.print(OPTIONS),
        Labels.print(NETWORKS),
        ".");
  }

  private Optional<Entry> entry(String line) {
    List<String> fields = PackImage.fields(line);
    if (fields.size() != 7 || fields.get(1).isEmpty() || fields.get(2).isEmpty()) {
      return Optional.empty();
    }
    String prefix = repository + ":";
    return List.of(fields.get(0).split(" ")).stream()
        .map(tag -> tag.substring(Math.max(0, tag.indexOf(prefix))))
        .filter(tag -> tag.startsWith(prefix))
        .findFirst()
        .map(tag -> entry(tag.substring(prefix.length()), fields));
  }

  private Entry entry(String id, List<String> fields) {
    Optional<String> comment =
        Optional.of(fields.get(3))
            .filter(text -> !text.isEmpty())
            .map(text -> Labels.decode(text.substring(1)));
    return new Entry(
        new Snapshot(fields.get(1), id, Instant.parse(fields.get(2)), comment),
        new Replacement.Recipe(
            reference(id), lines(fields.get(4)), lines(fields.get(5)), List.of()));
  }

  private static List<String> lines(String label) {
    return Labels.decode(label).lines().filter(line -> !line.isEmpty()).toList();
  }
}
