package io.overc.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.overc.event.Operation;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.DurableFiles;
import io.overc.internal.file.PrivateDirectory;
import io.overc.internal.time.Cancellation;
import io.overc.internal.tree.FileTree;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerBackend;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Health;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import io.overc.spi.SideEffects;
import io.overc.spi.TimestampId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The primitives of containers that are directories, such as the roots of {@code systemd-nspawn} or
 * programs with their data. A subclass fills a directory, and starts and ends what runs in it;
 * where the directories are, intents, and snapshots with {@link TimestampId}s are done here.
 *
 * <p>Beneath the root there are {@code current/NAME}, {@code fresh/NAME} and {@code old/NAME}, a
 * directory for each {@link Place}, for their owner only. Its {@code content} is what snapshots
 * keep; beside that, a subclass may keep what belongs to one run, such as the number of a process.
 */
public abstract class DirectoryContainers implements ContainerBackend, ContainerSnapshots {
  private static final String CONTENT = "content";
  private static final String INTENT = "intent";
  private static final String STARTED = "started";
  private static final int LONGEST_INTENT = 4096;

  private final Path root;
  private final SideEffects effects;
  private final SnapshotDirectory snapshots;

  /**
   * Keeps containers beneath a directory.
   *
   * @param root the directory; made when it is needed
   * @param effects the fault-injection point of the steps within the primitives: in tests that of
   *     the engine, otherwise {@link SideEffects#direct}
   */
  protected DirectoryContainers(Path root, SideEffects effects) {
    this.root = root;
    this.effects = effects;
    this.snapshots = new SnapshotDirectory(root.resolve("snapshots"), effects);
  }

  /**
   * Makes the content of a new container, from the image of the template.
   *
   * @param content an empty directory
   * @param operation reports progress
   * @throws IOException if a file cannot be read or written
   */
  protected abstract void fill(Path content, Operation operation) throws IOException;

  /**
   * {@return whether a container runs}
   *
   * @param container its directory, which holds {@code content}
   * @throws IOException if a file cannot be read or written
   */
  protected abstract boolean runs(Path container) throws IOException;

  /**
   * Starts a container.
   *
   * @param container its directory; it does not run
   * @throws IOException if it cannot be started
   */
  protected abstract void launch(Path container) throws IOException;

  /**
   * Ends a container, as {@link #stop} asks.
   *
   * @param container its directory; it runs
   * @throws IOException if it cannot be ended
   */
  protected abstract void end(Path container) throws IOException;

  private Path at(Place place, String name) {
    return directory(place).resolve(name);
  }

  private Path directory(Place place) {
    return root.resolve(place.name().toLowerCase(Locale.ROOT));
  }

  private Path current(String name) {
    return at(Place.CURRENT, name);
  }

  @Override
  public Path lockFile(String name) {
    return root.resolve("lock").resolve(name);
  }

  @Override
  public BackendContainer find(String name) throws IOException {
    BackendContainer.Builder found = BackendContainer.builder(name);
    for (Place place : Place.values()) {
      Path directory = at(place, name);
      if (Files.isDirectory(directory)) {
        Instance one =
            Instance.of(runs(directory) ? Instance.State.RUNNING : Instance.State.STOPPED);
        found.at(place, Files.exists(directory.resolve(STARTED)) ? one : one.neverStarted());
        BoundedFiles.readIfExists(directory.resolve(INTENT), LONGEST_INTENT)
            .flatMap(text -> Intent.parse(new String(text, UTF_8)))
            .ifPresent(found::intent);
      }
    }
    return found.build();
  }

  @Override
  public List<BackendContainer> list() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (Place place : Place.values()) {
      names.addAll(SnapshotDirectory.names(directory(place)));
    }
    List<BackendContainer> all = new ArrayList<>();
    for (String name : names) {
      if (!name.startsWith(".")) {
        all.add(find(name));
      }
    }
    return all;
  }

  @Override
  public void cleanUp(String name) throws IOException {
    deleteHidden(name);
    snapshots.clean(name);
  }

  // Where a container is made or removed.
  private Path hidden(String name) {
    return at(Place.FRESH, "." + name);
  }

  private void deleteHidden(String name) throws IOException {
    Removals removals = new Removals(effects);
    removals.remove("delete hidden", hidden(name));
    removals.end();
  }

  private interface Filler {
    void fill(Path content) throws IOException;
  }

  private void make(String name, Intent intent, Filler filler) throws IOException {
    remove(name, Place.FRESH);
    Path draft = hidden(name);
    PrivateDirectory.ensure(directory(Place.FRESH));
    effects.run("make draft", () -> Files.createDirectory(draft));
    effects.run("fill", () -> filler.fill(draft.resolve(CONTENT)));
    byte[] text = intent.text().getBytes(UTF_8);
    effects.run("write intent", () -> DurableFiles.writeBeforeCommit(draft.resolve(INTENT), text));
    effects.run("put in view", () -> DurableFiles.rename(draft, at(Place.FRESH, name)));
  }

  @Override
  public void create(String name, Intent intent, Operation operation) throws IOException {
    make(name, intent, content -> fill(Files.createDirectory(content), operation));
  }

  @Override
  public void record(String name, Intent intent) throws IOException {
    DurableFiles.write(current(name).resolve(INTENT), intent.text());
  }

  @Override
  public void forget(String name) throws IOException {
    if (Files.exists(current(name))) {
      DurableFiles.delete(current(name).resolve(INTENT));
    }
  }

  @Override
  public void start(String name) throws IOException {
    if (!runs(current(name))) {
      effects.run("mark as started", () -> DurableFiles.write(current(name).resolve(STARTED), ""));
      effects.run("launch", () -> launch(current(name)));
    }
  }

  @Override
  public void stop(String name) throws IOException {
    if (runs(current(name))) {
      end(current(name));
    }
  }

  @Override
  public void move(String name, Place from, Place to) throws IOException {
    PrivateDirectory.ensure(directory(to));
    DurableFiles.rename(at(from, name), at(to, name));
  }

  @Override
  public void remove(String name, Place place) throws IOException {
    deleteHidden(name);
    if (Files.exists(at(place, name))) {
      PrivateDirectory.ensure(directory(Place.FRESH));
      effects.run("hide", () -> DurableFiles.rename(at(place, name), hidden(name)));
      // It is gone for everybody, so this is not cancelled any more.
      Cancellation.shielded(() -> deleteHidden(name));
    }
  }

  @Override
  public Health health(String name, List<String> command, Duration limit) throws IOException {
    return runs(current(name)) ? Health.ready() : Health.down("it has ended");
  }

  @Override
  public Set<SnapshotFeature> features() {
    return Set.of(
        SnapshotFeature.RESTORE_AS,
        SnapshotFeature.RESTORE_IN_PLACE,
        SnapshotFeature.COMMENTS,
        SnapshotFeature.FULL_COPY);
  }

  @Override
  public List<String> subjects() throws IOException {
    return snapshots.ids().stream().map(TimestampId::subject).distinct().toList();
  }

  @Override
  public List<Snapshot> list(String name) throws IOException {
    return snapshots.list(name).snapshots();
  }

  @Override
  public List<DamagedSnapshot> damaged(String name) throws IOException {
    return snapshots.list(name).damaged();
  }

  @Override
  public SnapshotId next(String name) throws IOException {
    return TimestampId.next(name, snapshots.ids(), Clock.systemUTC().instant()).id();
  }

  @Override
  public Snapshot commit(
      String name, Place place, SnapshotId id, SnapshotOptions options, Operation operation)
      throws IOException {
    TimestampId timestamp = TimestampId.parse(id.text()).orElseThrow();
    FileTree content = FileTree.at(at(place, name).resolve(CONTENT));
    PrivateDirectory.ensure(snapshots.root());
    snapshots.draft(
        timestamp, options.comment(), options.fullCopy() ? content.fullCopy() : content);
    timestamp.waitUntilPast(Clock.systemUTC());
    effects.run("publish snapshot", () -> snapshots.publish(id));
    return new Snapshot(name, id, Optional.of(timestamp.created()), options.comment());
  }

  @Override
  public void restore(SnapshotId id, String name, Intent intent, Operation operation)
      throws IOException {
    make(name, intent, content -> FileTree.at(snapshots.data(id)).copyTo(content));
  }

  @Override
  public void discard(SnapshotId id) throws IOException {
    effects.run("retire snapshot", () -> snapshots.retire(id));
    String subject = TimestampId.parse(id.text()).orElseThrow().subject();
    Cancellation.shielded(() -> snapshots.clean(subject));
  }
}
