package io.overc.examples.custom;

import io.overc.container.Template;
import io.overc.event.Operation;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerBackend;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Health;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import io.overc.spi.TimestampId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What OverC must know of {@link Programs} to maintain them as containers, with snapshots. */
final class ProgramBackend implements ContainerBackend, ContainerSnapshots {
  private static final String DEFAULT = "while :; do sleep 1; done\n";

  private final Programs programs;
  private final Template template;

  ProgramBackend(Programs programs, Template template) {
    this.programs = programs;
    this.template = template;
  }

  private Path at(Place place, String name) {
    return programs.at(place.name(), name);
  }

  @Override
  public Path lockFile(String name) {
    return programs.at("lock", name);
  }

  @Override
  public BackendContainer find(String name) throws IOException {
    BackendContainer.Builder found = BackendContainer.builder(name);
    for (Place place : Place.values()) {
      Path directory = at(place, name);
      if (Files.isDirectory(directory)) {
        boolean runs = Programs.process(directory).isPresent();
        Instance one = Instance.of(runs ? Instance.State.RUNNING : Instance.State.STOPPED);
        found.at(place, Programs.hasRun(directory) ? one : one.neverStarted());
        Programs.note(directory).flatMap(Intent::parse).ifPresent(found::intent);
      }
    }
    return found.build();
  }

  @Override
  public List<BackendContainer> list() throws IOException {
    TreeSet<String> names = new TreeSet<>(programs.names(Place.CURRENT.name()));
    names.addAll(programs.names(Place.OLD.name()));
    List<BackendContainer> all = new ArrayList<>();
    for (String name : names) {
      all.add(find(name));
    }
    return all;
  }

  @Override
  public void create(String name, Intent intent, Operation operation) throws IOException {
    Optional<Path> image = template.imagePath();
    String program = image.isPresent() ? Files.readString(image.get()) : DEFAULT;
    Programs.make(at(Place.FRESH, name), intent.text(), to -> Programs.install(program, to));
  }

  @Override
  public void forget(String name) throws IOException {
    Programs.forget(at(Place.CURRENT, name));
  }

  @Override
  public void start(String name) throws IOException {
    Programs.start(at(Place.CURRENT, name));
  }

  @Override
  public void stop(String name) throws IOException {
    Programs.end(at(Place.CURRENT, name));
  }

  @Override
  public void move(String name, Place from, Place to) throws IOException {
    Programs.move(at(from, name), at(to, name));
  }

  @Override
  public void remove(String name, Place place) throws IOException {
    Programs.remove(at(place, name));
  }

  @Override
  public Health health(String name, List<String> command, Duration limit) throws IOException {
    boolean runs = Programs.process(at(Place.CURRENT, name)).isPresent();
    return runs ? Health.ready() : Health.down("the program has ended");
  }

  @Override
  public Optional<ContainerSnapshots> snapshots() {
    return Optional.of(this);
  }

  private List<TimestampId> ids() throws IOException {
    return programs.names("snapshots").stream()
        .flatMap(t -> TimestampId.parse(t).stream())
        .toList();
  }

  @Override
  public List<String> subjects() throws IOException {
    return ids().stream().map(TimestampId::subject).distinct().toList();
  }

  @Override
  public List<Snapshot> list(String name) throws IOException {
    return ids().stream()
        .filter(id -> id.subject().equals(name))
        .map(id -> new Snapshot(name, id.id(), Optional.of(id.created()), Optional.empty()))
        .toList();
  }

  @Override
  public SnapshotId next(String name) throws IOException {
    return TimestampId.next(name, ids(), Instant.now()).id();
  }

  @Override
  public Snapshot commit(
      String name, Place place, SnapshotId id, SnapshotOptions options, Operation operation)
      throws IOException {
    Path from = at(place, name);
    Programs.make(programs.at("snapshots", id.text()), "", to -> Programs.copy(from, to));
    return find(id).orElseThrow();
  }

  @Override
  public void restore(SnapshotId id, String name, Intent intent, Operation operation)
      throws IOException {
    Path from = programs.at("snapshots", id.text());
    Programs.make(at(Place.FRESH, name), intent.text(), to -> Programs.copy(from, to));
  }

  @Override
  public void discard(SnapshotId id) throws IOException {
    Programs.remove(programs.at("snapshots", id.text()));
  }
}
