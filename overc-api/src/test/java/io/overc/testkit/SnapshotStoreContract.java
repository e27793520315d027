package io.overc.testkit;

import static io.overc.snapshot.SnapshotFeature.COMMENTS;
import static io.overc.snapshot.SnapshotFeature.RESTORE_AS;
import static io.overc.snapshot.SnapshotFeature.RESTORE_IN_PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.overc.error.BusyException;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds what {@link SnapshotStore} promises, for any store. What a store does not declare in {@link
 * SnapshotStore#features} it must refuse; see also {@link SnapshotFeatureContract}.
 */
public abstract class SnapshotStoreContract extends SnapshotFaultContract {
  /** For subclasses. */
  protected SnapshotStoreContract() {}

  @Test
  @DisplayName("a subject without snapshots is not listed and has an empty list")
  void nothingAtFirst() throws IOException {
    write("web", "v1");
    assertThat(store().subjects()).isEmpty();
    assertThat(store().list("web")).isEmpty();
    assertThat(store().list("never-there")).isEmpty();
  }

  @Test
  @DisplayName("a snapshot is listed as it was returned, by every handle on the store")
  void createdIsListed() throws IOException {
    write("web", "v1");
    Instant before = Instant.now().minus(Duration.ofSeconds(2));
    Snapshot made = create("web");
    assertThat(made.subject()).isEqualTo("web");
    assertThat(made.id().text()).isNotEmpty();
    assertThat(made.comment()).isEmpty();
    made.created()
        .ifPresent(
            time -> assertThat(time).isBetween(before, Instant.now().plus(Duration.ofSeconds(2))));
    assertThat(store().list("web")).containsExactly(made);
    assertThat(store().subjects()).containsExactly("web");
    assertThat(read("web")).contains("v1");
  }

  @Test
  @DisplayName("snapshots are listed oldest first, however quickly they were made")
  void oldestFirst() throws IOException {
    write("web", "v1");
    List<SnapshotId> made = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      made.add(create("web").id());
    }
    assertThat(ids("web")).doesNotHaveDuplicates().containsExactlyElementsOf(made);
  }

  @Test
  @DisplayName("a subject does not list the snapshots of one whose name begins alike")
  void noPrefixMatch() throws IOException {
    for (String subject : List.of("my", "mysql", "my-1", "my1")) {
      write(subject, subject);
      create(subject);
    }
    assertThat(store().subjects()).containsExactly("my", "my-1", "my1", "mysql");
    assertThat(store().list("my")).extracting(Snapshot::subject).containsExactly("my");
    assertThat(store().deleteAll("my", NONE)).isEqualTo(1);
    assertThat(store().subjects()).containsExactly("my-1", "my1", "mysql");
  }

  @Test
  @DisplayName("a comment is kept as it is, or refused by a store that keeps none")
  void comments() throws IOException {
    write("web", "v1");
    String comment = " before the upgrade\n\"to\" 2.0: Gr\u00fc\u00dfe \u2713\n\n";
    SnapshotOptions options = SnapshotOptions.builder().comment(comment).build();
    if (store().features().contains(COMMENTS)) {
      Snapshot made = store().create("web", options, NONE);
      assertThat(made.comment()).contains(comment);
      assertThat(store().list("web").get(0).comment()).contains(comment);
    } else {
      assertThatThrownBy(() -> store().create("web", options, NONE))
          .isInstanceOf(RefusedException.class);
      assertThat(store().list("web")).isEmpty();
    }
  }

  @Test
  @DisplayName("a snapshot of what is not there is not found, and leaves nothing")
  void missingSubject() {
    assertThatThrownBy(() -> create("never-there"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("never-there");
    assertThat(store().list("never-there")).isEmpty();
    assertThat(store().subjects()).isEmpty();
  }

  @Test
  @DisplayName("a deleted snapshot is gone, the others stay, and the subject too")
  void deletes() throws IOException {
    write("web", "v1");
    List<SnapshotId> made = List.of(create("web").id(), create("web").id(), create("web").id());
    store().delete(made.get(1), NONE);
    assertThat(ids("web")).containsExactly(made.get(0), made.get(2));
    assertThat(read("web")).contains("v1");
    assertThatThrownBy(() -> store().delete(made.get(1), NONE))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(made.get(1).text());
  }

  @Test
  @DisplayName("deleteAll says how many it deleted, and leaves other subjects alone")
  void deletesAll() throws IOException {
    write("web", "v1");
    write("db", "v1");
    create("web");
    create("web");
    Snapshot other = create("db");
    assertThat(store().deleteAll("web", NONE)).isEqualTo(2);
    assertThat(store().deleteAll("web", NONE)).isZero();
    assertThat(store().subjects()).containsExactly("db");
    assertThat(store().list("db")).containsExactly(other);
  }

  @Test
  @DisplayName("a missing snapshot is not found, whatever is to be done with it")
  void missingSnapshot() throws IOException {
    write("web", "v1");
    SnapshotId gone = create("web").id();
    store().delete(gone, NONE);
    assertThatThrownBy(() -> store().delete(gone, NONE)).isInstanceOf(NotFoundException.class);
    if (store().features().contains(RESTORE_AS)) {
      assertThatThrownBy(() -> store().restore(gone, "copy", NONE))
          .isInstanceOf(NotFoundException.class);
      assertThat(read("copy")).isEmpty();
    }
    if (store().features().contains(RESTORE_IN_PLACE)) {
      assertThatThrownBy(() -> store().restore(gone, "web", NONE))
          .isInstanceOf(NotFoundException.class);
      assertThat(read("web")).contains("v1");
    }
  }

  @Test
  @DisplayName("the id of a deleted snapshot does not come back")
  void idsAreUsedOnce() throws IOException {
    assumeFalse(idsMayComeBack(), "others decided on the names");
    write("web", "v1");
    Set<SnapshotId> made = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      SnapshotId id = create("web").id();
      assertThat(made.add(id)).as(id + " is new").isTrue();
      store().delete(id, NONE);
    }
  }

  @Test
  @DisplayName("snapshots stay in the order in which they were made when the clock goes back")
  void clockGoesBack() throws IOException {
    write("web", "v1");
    List<SnapshotId> made = new ArrayList<>();
    for (int hours : new int[] {0, -5, 3, -20, -20}) {
      Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(hours));
      SnapshotStore store = store(clock).orElseGet(this::store);
      made.add(store.create("web", SnapshotOptions.defaults(), NONE).id());
    }
    assertThat(ids("web")).doesNotHaveDuplicates().containsExactlyElementsOf(made);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "../x", "/x", "a/b", "-n", "--help", "a\nb", "a\0b", "a\u001b[1mb"})
  @DisplayName("a name that is not one is refused before anything is touched")
  void badNames(String name) throws IOException {
    assertBadName(name);
  }

  @Test
  @DisplayName("a name of 300 characters is refused before anything is touched")
  void longName() throws IOException {
    assertBadName("x".repeat(300));
  }

  private void assertBadName(String name) throws IOException {
    write("web", "v1");
    SnapshotId id = create("web").id();
    assertNoName(() -> create(name));
    assertNoName(() -> store().list(name));
    assertNoName(() -> store().deleteAll(name, NONE));
    assertNoName(
        () -> {
          store().restore(id, name, NONE);
          return id;
        });
    assertThatThrownBy(() -> store().delete(SnapshotId.of(name), NONE))
        .isInstanceOfAny(InvalidArgumentException.class, NotFoundException.class);
    assertThat(ids("web")).containsExactly(id);
    assertThat(read("web")).contains("v1");
  }

  private static void assertNoName(Callable<?> call) {
    assertThatThrownBy(call::call).isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  @DisplayName("of two creations at once each makes its own snapshot or is told who is busy")
  void twoAtOnce() throws Exception {
    write("web", "v1");
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Optional<SnapshotId>>> calls = List.of(this::tryCreate, this::tryCreate);
      List<SnapshotId> made = new ArrayList<>();
      for (Future<Optional<SnapshotId>> future : pool.invokeAll(calls)) {
        future.get().ifPresent(made::add);
      }
      assertThat(made).isNotEmpty().doesNotHaveDuplicates();
      assertThat(ids("web")).containsExactlyInAnyOrderElementsOf(made);
    } catch (ExecutionException e) {
      throw new AssertionError("one of two creations at once failed", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private Optional<SnapshotId> tryCreate() {
    try {
      return Optional.of(create("web").id());
    } catch (BusyException e) {
      return Optional.empty();
    }
  }

  @Test
  @DisplayName("the features cannot be changed")
  void featuresAreImmutable() {
    assertThatThrownBy(() -> store().features().add(SnapshotFeature.EXPORT))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
