package io.overc.testkit;

import io.overc.event.Operation;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.SideEffects;
import io.overc.spi.SnapshotBackend;
import io.overc.spi.SnapshotListing;
import io.overc.spi.TimestampId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A backend of snapshots in memory: what a third party writes, at its simplest, and with the flaw
 * that is active, the proof that the kit notices it.
 */
public final class SampleSnapshots implements SnapshotBackend {
  private static final AtomicInteger LOCKS = new AtomicInteger();

  private final Path subjects;
  private final Path store;
  private final Clock clock;
  private final SideEffects effects;

  /**
   * Makes a backend.
   *
   * @param base a directory of a file system in memory
   * @param clock says when snapshots are made
   * @param effects where each of two changes that follow one another passes
   */
  public SampleSnapshots(Path base, Clock clock, SideEffects effects) {
    this.subjects = base.resolve("subjects");
    this.store = base.resolve("store");
    this.clock = clock;
    this.effects = effects;
  }

  @Override
  public Set<SnapshotFeature> features() {
    return Set.of(
        SnapshotFeature.RESTORE_AS, SnapshotFeature.RESTORE_IN_PLACE, SnapshotFeature.COMMENTS);
  }

  @Override
  public String describe(String subject) {
    return "the sample " + subject;
  }

  @Override
  public Path lockFile(String subject) {
    return SnapshotFlaw.IGNORES_THE_LOCK.active()
        ? store.resolve(".lock-" + LOCKS.incrementAndGet())
        : store.resolve(".lock-" + subject);
  }

  @Override
  public boolean exists(String subject) {
    return !SnapshotFlaw.RESTORES_OVER_ANOTHER_SUBJECT.active()
        && Files.exists(subjects.resolve(subject));
  }

  @Override
  public Collection<String> subjects() throws IOException {
    return ids().stream().map(TimestampId::subject).toList();
  }

  @Override
  public Optional<String> subjectOf(SnapshotId id) {
    return TimestampId.parse(id.text()).map(TimestampId::subject);
  }

  private List<TimestampId> ids() throws IOException {
    try (Stream<Path> entries = Files.list(store)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .map(
              name ->
                  SnapshotFlaw.LISTS_UNFINISHED_SNAPSHOTS.active()
                      ? name.replace(".new-", "")
                      : name)
          .flatMap(name -> TimestampId.parse(name).stream())
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  @Override
  public SnapshotListing list(String subject) throws IOException {
    List<Snapshot> snapshots = new ArrayList<>();
    List<DamagedSnapshot> damaged = new ArrayList<>();
    for (TimestampId id : ids()) {
      if (isOf(id, subject)) {
        if (Files.isDirectory(path(id.id()).resolve("data")) || isUnfinished(id)) {
          snapshots.add(described(id));
        } else {
          damaged.add(new DamagedSnapshot(id.subject(), id.id(), "its data is missing"));
        }
      }
    }
    if (SnapshotFlaw.LISTS_IN_THE_WRONG_ORDER.active()) {
      Collections.reverse(snapshots);
    }
    return SnapshotFlaw.ONE_DAMAGED_HIDES_ALL.active() && !damaged.isEmpty()
        ? new SnapshotListing(List.of(), damaged)
        : new SnapshotListing(snapshots, damaged);
  }

  private static boolean isOf(TimestampId id, String subject) {
    return SnapshotFlaw.MATCHES_PREFIXES.active()
        ? id.subject().startsWith(subject)
        : id.subject().equals(subject);
  }

  private boolean isUnfinished(TimestampId id) {
    return SnapshotFlaw.LISTS_UNFINISHED_SNAPSHOTS.active() && Files.notExists(path(id.id()));
  }

  private Snapshot described(TimestampId id) throws IOException {
    Path comment = path(id.id()).resolve("comment");
    return new Snapshot(
        id.subject(),
        id.id(),
        Optional.of(id.created()),
        Files.exists(comment) ? Optional.of(Files.readString(comment)) : Optional.empty());
  }

  private Path path(SnapshotId id) {
    return store.resolve(id.text());
  }

  private Path draft(SnapshotId id) {
    return store.resolve(".new-" + id);
  }

  @Override
  public Snapshot capture(String subject, SnapshotOptions options, Operation operation)
      throws IOException {
    List<TimestampId> taken = SnapshotFlaw.ORDERS_BY_THE_CLOCK.active() ? List.of() : ids();
    Instant now = clock.instant();
    TimestampId id =
        TimestampId.next(
            subject,
            taken,
            SnapshotFlaw.USES_AN_ID_TWICE.active() ? now.truncatedTo(ChronoUnit.SECONDS) : now);
    Path draft = Files.createDirectories(draft(id.id()));
    SampleCopy.copy(subjects.resolve(subject), draft.resolve("data"), operation);
    if (SnapshotFlaw.CHANGES_THE_SOURCE.active()) {
      Files.setLastModifiedTime(subjects.resolve(subject), FileTime.from(clock.instant()));
    }
    if (options.comment().isPresent() && !SnapshotFlaw.FORGETS_COMMENTS.active()) {
      String comment = options.comment().get();
      Files.writeString(
          draft.resolve("comment"),
          SnapshotFlaw.TRIMS_COMMENTS.active() ? comment.strip() : comment);
    }
    id.waitUntilPast(clock);
    return new Snapshot(subject, id.id(), Optional.of(id.created()), options.comment());
  }

  @Override
  public void publish(Snapshot snapshot) throws IOException {
    move(draft(snapshot.id()), path(snapshot.id()));
  }

  @Override
  public void retire(SnapshotId id) throws IOException {
    SnapshotId chosen = id;
    if (SnapshotFlaw.DELETES_THE_WRONG_ONE.active()) {
      chosen = list(subjectOf(id).orElseThrow()).snapshots().get(0).id();
    }
    move(path(chosen), store.resolve(".del-" + chosen));
  }

  @Override
  public void materialize(SnapshotId id, String target, Operation operation) throws IOException {
    Path place =
        SnapshotFlaw.SHOWS_A_PARTIAL_RESTORE.active()
                || SnapshotFlaw.KEEPS_FILES_ADDED_SINCE.active()
            ? subjects.resolve(target)
            : fresh(target);
    SampleCopy.copy(path(id).resolve("data"), place, operation);
    if (SnapshotFlaw.CONSUMES_WHAT_IT_RESTORES.active()) {
      SampleCopy.remove(path(id));
    }
  }

  private Path fresh(String subject) {
    return subjects.resolve(".new-" + subject);
  }

  private Path old(String subject) {
    return subjects.resolve(".old-" + subject);
  }

  @Override
  public void putInPlace(SnapshotId id, String target, Operation operation) throws IOException {
    Path subject = subjects.resolve(target);
    if (Files.exists(fresh(target))) {
      if (Files.exists(subject)) {
        effects.run("move aside", () -> move(subject, old(target)));
      }
      effects.run("move in", () -> move(fresh(target), subject));
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void recover(String subject) throws IOException {
    if (SnapshotFlaw.ENDS_NO_INTERRUPTED_RESTORE.active()) {
      return;
    }
    Path place = subjects.resolve(subject);
    if (Files.notExists(place) && Files.exists(old(subject))) {
      move(old(subject), place);
    }
    if (SnapshotFlaw.LOSES_THE_SUBJECT_WHEN_KILLED.active() && Files.exists(fresh(subject))) {
      SampleCopy.remove(place);
    }
  }

  @Override
  public void clean(String subject) throws IOException {
    if (SnapshotFlaw.LEAVES_TEMPORARY_FILES.active()) {
      return;
    }
    SampleCopy.remove(fresh(subject));
    SampleCopy.remove(old(subject));
    String prefix = SnapshotFlaw.REMOVES_DRAFTS_OF_OTHERS.active() ? "" : subject + "@";
    try (Stream<Path> entries = Files.list(store)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (name.startsWith(".new-" + prefix) || name.startsWith(".del-" + prefix)) {
          SampleCopy.remove(entry);
        }
      }
    }
  }
}
