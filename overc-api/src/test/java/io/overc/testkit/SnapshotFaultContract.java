package io.overc.testkit;

import static io.overc.snapshot.SnapshotFeature.COMMENTS;
import static io.overc.snapshot.SnapshotFeature.EXPORT;
import static io.overc.snapshot.SnapshotFeature.IMPORT;
import static io.overc.snapshot.SnapshotFeature.RESTORE_AS;
import static io.overc.snapshot.SnapshotFeature.RESTORE_IN_PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overc.error.InterruptedOperationException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import io.overc.testkit.FaultInjector.Fault;
import io.overc.testkit.KillMatrix.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Holds what is true after a store was killed, failed or was cancelled, and of what is damaged. */
public abstract class SnapshotFaultContract extends SnapshotReportContract {
  private static final AtomicInteger TRIALS = new AtomicInteger();

  /** For subclasses. */
  protected SnapshotFaultContract() {}

  private enum Act {
    CREATE,
    RESTORE_IN_PLACE,
    RESTORE_AS,
    DELETE,
    EXPORT,
    IMPORT
  }

  /**
   * Returns which of the points of each operation are tried.
   *
   * @return all, unless a store is too slow for that
   */
  protected UnaryOperator<List<Integer>> chosenPoints() {
    return UnaryOperator.identity();
  }

  @TestFactory
  @DisplayName(
      "killed, failing or cancelled at any point: all is as before or done, nothing is left")
  Stream<DynamicTest> everyFault(@TempDir Path files) throws Exception {
    requireStore(SideEffects.direct());
    List<DynamicTest> all = new ArrayList<>();
    for (Act act : Act.values()) {
      boolean possible =
          switch (act) {
            case RESTORE_AS -> can(RESTORE_AS);
            case RESTORE_IN_PLACE -> can(RESTORE_IN_PLACE);
            case EXPORT, IMPORT -> can(EXPORT) && can(IMPORT);
            default -> true;
          };
      if (possible) {
        KillMatrix.cases(
                act.toString(),
                () -> new Trial(act, files),
                chosenPoints(),
                Fault.DIE,
                Fault.ERROR,
                Fault.INTERRUPT)
            .forEach(all::add);
      }
    }
    return all.stream();
  }

  /** One subject that says v2, with one snapshot that says v1. */
  private final class Trial implements KillMatrix.Trial {
    private final Act act;
    private final String subject = "trial" + TRIALS.incrementAndGet();
    private final Path directory;
    private final Path file;
    private List<SnapshotId> before = List.of();

    Trial(Act act, Path files) {
      this.act = act;
      this.directory = files.resolve(subject);
      this.file = directory.resolve("exported");
    }

    @Override
    public void prepare() throws IOException {
      write(subject, "v1");
      create(store(), "v1");
      write(subject, "v2");
      before = ids(subject);
      Files.createDirectories(directory);
      Files.deleteIfExists(file);
      if (act == Act.IMPORT) {
        store().exportTo(before.get(0), file, NONE);
      }
    }

    private void create(SnapshotStore store, String comment) {
      SnapshotOptions.Builder options = SnapshotOptions.builder();
      if (can(COMMENTS)) {
        options.comment(comment);
      }
      store.create(subject, options.build(), NONE);
    }

    @Override
    public void run(SideEffects effects) {
      SnapshotStore store = requireStore(effects);
      switch (act) {
        case CREATE -> create(store, "v2");
        case RESTORE_IN_PLACE -> store.restore(before.get(0), subject, NONE);
        case RESTORE_AS -> store.restore(before.get(0), subject + "-copy", NONE);
        case DELETE -> store.delete(before.get(0), NONE);
        case EXPORT -> store.exportTo(before.get(0), file, NONE);
        case IMPORT -> store.importFrom(file, subject, NONE);
      }
    }

    @Override
    public void check(Outcome outcome) throws IOException {
      boolean returned = outcome.thrown() == null;
      if (outcome.fault() == Fault.INTERRUPT) {
        assertThat(outcome.interrupted()).as("the interrupt flag").isTrue();
        if (!returned) {
          assertThat(outcome.thrown()).isInstanceOf(InterruptedOperationException.class);
        }
      }
      if (outcome.fault() != Fault.DIE) {
        assertNothingIsLeft();
      }
      List<SnapshotId> after = ids(subject);
      boolean changed = !after.equals(before);
      if (outcome.thrown() instanceof InterruptedOperationException) {
        assertThat(changed).as("a cancelled operation changed the list").isFalse();
      }
      checkList(returned, changed, after);
      checkSubject(outcome, returned);
      checkSnapshots();
      checkFile(outcome, returned);
      // Whatever was left: the next operation ends or removes it.
      create(store(), read(subject).orElseThrow());
      if (read(subject + "-copy").isPresent()) {
        assertThat(read(subject + "-copy")).contains("v1");
      } else if (can(RESTORE_AS)) {
        store().restore(ids(subject).get(0), subject + "-copy", NONE);
      }
      assertNothingIsLeft();
    }

    private void checkList(boolean returned, boolean changed, List<SnapshotId> after) {
      int difference = after.size() - before.size();
      switch (act) {
        case CREATE, IMPORT -> {
          assertThat(after).startsWith(before.toArray(new SnapshotId[0]));
          assertThat(difference).isBetween(returned ? 1 : 0, 1);
        }
        case DELETE -> assertThat(difference).isBetween(-1, returned ? -1 : 0);
        default -> assertThat(changed).as("a restore changed the list").isFalse();
      }
    }

    private void checkSubject(Outcome outcome, boolean returned) throws IOException {
      boolean cancelled = outcome.thrown() instanceof InterruptedOperationException;
      boolean copied = read(subject + "-copy").isPresent();
      if (act == Act.RESTORE_IN_PLACE) {
        Set<String> allowed =
            returned ? Set.of("v1") : cancelled ? Set.of("v2") : Set.of("v1", "v2");
        if (outcome.fault() != Fault.DIE || read(subject).isPresent()) {
          assertThat(read(subject).orElse("nothing")).isIn(allowed);
        }
      } else {
        assertThat(read(subject)).contains("v2");
      }
      if (act == Act.RESTORE_AS) {
        assertThat(copied).isIn(returned ? Set.of(true) : Set.of(true, false));
        assertThat(copied && cancelled).as("a cancelled restore is seen").isFalse();
      } else {
        assertThat(copied).isFalse();
      }
    }

    /** What has the name of the export is whole; the killed alone may leave something beside it. */
    private void checkFile(Outcome outcome, boolean returned) throws IOException {
      if (act == Act.EXPORT && (returned || Files.exists(file))) {
        SnapshotId id = store().importFrom(file, subject, NONE).id();
        store().delete(id, NONE);
      }
      if (act == Act.EXPORT && outcome.fault() != Fault.DIE) {
        try (Stream<Path> left = Files.list(directory)) {
          assertThat(left.filter(other -> !other.equals(file))).as("beside the export").isEmpty();
        }
      }
    }

    private void checkSnapshots() throws IOException {
      assertThat(store().damaged(subject)).isEmpty();
      for (Snapshot snapshot : store().list(subject)) {
        if (can(RESTORE_AS)) {
          String target = "check" + TRIALS.incrementAndGet();
          store().restore(snapshot.id(), target, NONE);
          String says = read(target).orElseThrow();
          assertThat(says).isIn("v1", "v2");
          snapshot.comment().ifPresent(comment -> assertThat(says).isEqualTo(comment));
        }
      }
      if (read(subject).isEmpty()) {
        // Killed in the middle of two renames: whatever works on the subject next ends it.
        store().delete(store().create(subject, SnapshotOptions.defaults(), NONE).id(), NONE);
        assertThat(read(subject).orElse("nothing")).isIn("v1", "v2");
      }
    }
  }

  @Test
  @DisplayName("a damaged snapshot hides no other, is told, is not restored, and can be deleted")
  void damagedSnapshots() throws IOException {
    write("web", "v1");
    SnapshotId first = create("web").id();
    SnapshotId broken = create("web").id();
    SnapshotId last = create("web").id();
    assumeTrue(damage(broken), "a snapshot of this store cannot be damaged");
    assertThat(ids("web")).containsExactly(first, last);
    assertThat(store().subjects()).containsExactly("web");
    assertThat(store().damaged("web")).extracting(DamagedSnapshot::id).containsExactly(broken);
    assertThatThrownBy(() -> store().restore(broken, "copy", NONE))
        .isInstanceOfAny(RefusedException.class, NotFoundException.class)
        .hasMessageContaining(broken.text());
    assertThat(read("copy")).isEmpty();
    SnapshotId next = create("web").id();
    store().delete(broken, NONE);
    assertThat(store().damaged("web")).isEmpty();
    assertThat(ids("web")).containsExactly(first, last, next);
  }

  @Test
  @DisplayName("deleteAll goes on after one that cannot be deleted, and names it")
  void deletesAllButOne() throws IOException {
    write("web", "v1");
    List<SnapshotId> made = List.of(create("web").id(), create("web").id(), create("web").id());
    FaultInjector recording = FaultInjector.recording();
    requireStore(recording).deleteAll("web", NONE);
    int second = secondOfThree(recording.points());
    List<SnapshotId> again = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      again.add(create("web").id());
    }
    SnapshotStore failing = requireStore(FaultInjector.at(Fault.ERROR, second));
    assertThatThrownBy(() -> failing.deleteAll("web", NONE))
        .isInstanceOf(OvercException.class)
        .hasMessageContaining(again.get(1).text())
        .hasMessageNotContaining(again.get(2).text());
    assertThat(ids("web")).containsExactly(again.get(1));
    assertNothingIsLeft();
  }

  /** Finds the first point that is passed once for each of three snapshots, the second time. */
  private static int secondOfThree(List<String> points) {
    for (String point : points) {
      if (Collections.frequency(points, point) == 3) {
        int first = points.indexOf(point);
        return first + 1 + points.subList(first + 1, points.size()).indexOf(point);
      }
    }
    throw new AssertionError("no point is passed three times: " + points);
  }
}
