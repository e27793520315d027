package io.overc.docker.container;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.EngineContainers.Recipe;
import io.overc.docker.engine.Images;
import io.overc.docker.engine.Labels;
import io.overc.error.NotFoundException;
import io.overc.error.VerificationException;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import io.overc.spi.SnapshotListing;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Keeps snapshots of containers as committed images of one repository. The commit is the moment
 * from which on there is a snapshot.
 */
record SnapshotImages(
    EngineContainers containers,
    Images images,
    Intents intents,
    Looks looks,
    String repository,
    String network)
    implements ContainerSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotImages.class);
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSSSSS").withZone(ZoneOffset.UTC);
  private static final int MOST_WARNINGS = 50;
  private static final SecureRandom RANDOM = new SecureRandom();

  @Override
  public Set<SnapshotFeature> features() {
    return Set.of(SnapshotFeature.values());
  }

  @Override
  public List<String> subjects() {
    return all().stream().flatMap(image -> image.subject().stream()).distinct().sorted().toList();
  }

  @Override
  public List<Snapshot> list(String name) {
    return listing(name).snapshots();
  }

  @Override
  public List<DamagedSnapshot> damaged(String name) {
    return listing(name).damaged();
  }

  @Override
  public SnapshotListing listing(String name) {
    List<Snapshot> whole = new ArrayList<>();
    List<DamagedSnapshot> damaged = new ArrayList<>();
    for (SnapshotImage image : all()) {
      if (image.subject().filter(name::equals).isPresent()) {
        try {
          whole.add(image.snapshot());
        } catch (VerificationException e) {
          LOG.warn("A snapshot is passed over: {}", e.getMessage());
          damaged.add(new DamagedSnapshot(name, image.id(), String.valueOf(e.getMessage())));
        }
      }
    }
    whole.sort(Comparator.comparing(one -> one.created().orElse(Instant.EPOCH)));
    return new SnapshotListing(whole, damaged);
  }

  @Override
  public Optional<Snapshot> find(SnapshotId id) {
    try {
      return image(id).map(SnapshotImage::snapshot);
    } catch (VerificationException e) {
      return Optional.empty(); // It is among the damaged ones.
    }
  }

  @Override
  public SnapshotId next(String name) {
    String suffix = "%04x".formatted(RANDOM.nextInt(1 << 16));
    return SnapshotId.of(name + "-" + STAMP.format(Instant.now()) + "-" + suffix);
  }

  @Override
  public Snapshot commit(
      String name, Place place, SnapshotId id, SnapshotOptions options, Operation operation) {
    EngineContainer container = looks.require(name, place);
    Snapshot snapshot = made(id, name, options.comment());
    containers.commit(
        container, options.freeze(), SnapshotImage.changes(snapshot, container), reference(id));
    return snapshot;
  }

  @Override
  public void restore(SnapshotId id, String name, Intent intent, Operation operation) {
    SnapshotImage image =
        image(id).orElseThrow(() -> new NotFoundException("There is no snapshot " + id));
    intents.make(name, image.recipe(), intent);
  }

  /** A container that was made from it keeps the image, without a name. */
  @Override
  public void discard(SnapshotId id) {
    Cancellation.shielded(
        () -> images.removeName(reference(id), "delete snapshot", "delete the snapshot " + id));
  }

  /** Writes a file that {@code docker load} reads everywhere. */
  @Override
  public void exportTo(SnapshotId id, Path file, Operation operation) {
    String[] call = {"save", "--output", file.toString(), reference(id)};
    docker()
        .effects()
        .run("export snapshot", () -> docker().require("export the snapshot " + id, call));
  }

  @Override
  public Snapshot importFrom(Path file, String name, ImportOptions options, Operation operation)
      throws IOException {
    List<String> before = images.ids();
    String id = images.load(file, Optional.empty());
    try {
      operation.step("commit the snapshot");
      return adopt(id, name, options, operation);
    } finally {
      if (!before.contains(id)) {
        Cancellation.shielded(() -> images.removeUnnamed(id));
      }
    }
  }

  /** Makes a snapshot of an image that was made elsewhere: a container is needed to label it. */
  private Snapshot adopt(String id, String name, ImportOptions trust, Operation operation) {
    SnapshotImage brought =
        docker().inspect("image", id).map(json -> image(id, json)).orElseThrow();
    ImportedOptions options = brought.imported(network, trust);
    warn(options.left(), operation);
    Snapshot snapshot = made(next(name), name, Optional.empty());
    String temporary = "overc-import-" + UUID.randomUUID(); // Nobody else's.
    try {
      containers.create(temporary, new Recipe(id, List.of(), List.of(), List.of()));
      containers.commit(
          containers.require(temporary),
          false,
          SnapshotImage.changes(snapshot, options, brought.labels()),
          reference(snapshot.id()));
    } finally {
      Cancellation.shielded(() -> containers.remove(temporary));
    }
    return snapshot;
  }

  private static void warn(List<String> left, Operation operation) {
    for (String option : left.subList(0, Math.min(MOST_WARNINGS, left.size()))) {
      operation.warn("Left out of the imported snapshot: " + option);
    }
    if (left.size() > MOST_WARNINGS) {
      operation.warn(
          "Left out of the imported snapshot: %d more".formatted(left.size() - MOST_WARNINGS));
    }
  }

  private static Snapshot made(SnapshotId id, String name, Optional<String> comment) {
    return new Snapshot(
        name, id, Optional.of(Instant.now().truncatedTo(ChronoUnit.MICROS)), comment);
  }

  private Docker docker() {
    return containers.docker();
  }

  private String reference(SnapshotId id) {
    return repository + ":" + id;
  }

  private Optional<SnapshotImage> image(SnapshotId id) {
    if (!TAG.matcher(id.text()).matches()) {
      return Optional.empty();
    }
    return docker()
        .inspect("image", reference(id))
        .map(json -> image(reference(id), json))
        .filter(image -> image.subject().isPresent());
  }

  private static SnapshotImage image(String reference, JsonNode json) {
    return new SnapshotImage(
        reference, new Labels("the image " + reference, json.at("/Config/Labels")));
  }

  /** Returns every image that says whose snapshot it is, by its name. */
  private List<SnapshotImage> all() {
    List<String> references =
        docker().lines("list snapshots", "images", "--format", "{{.Tag}}", repository).stream()
            .filter(tag -> !tag.equals("<none>"))
            // One that begins with an underscore: a tag, but no id.
            .filter(tag -> SnapshotId.parse(tag).isPresent() || !TAG.matcher(tag).matches())
            .map(tag -> repository + ":" + tag)
            .toList();
    Set<String> known = Set.copyOf(references);
    Map<String, SnapshotImage> found = new TreeMap<>();
    for (JsonNode json : docker().inspect("image", references)) {
      for (JsonNode tag : json.path("RepoTags")) {
        String name = tag.asString("");
        int at = name.indexOf(repository + ":");
        boolean begins = at == 0 || (at > 0 && name.charAt(at - 1) == '/');
        if (begins && known.contains(name.substring(at))) {
          add(found, image(name.substring(at), json));
        }
      }
    }
    return List.copyOf(found.values());
  }

  private static void add(Map<String, SnapshotImage> found, SnapshotImage image) {
    try {
      if (image.subject().isPresent()) {
        found.put(image.reference(), image);
      }
    } catch (VerificationException e) {
      LOG.warn("A snapshot is passed over: {}", e.getMessage());
    }
  }
}
