package io.overc.testkit;

import static io.overc.snapshot.SnapshotFeature.EXPORT;
import static io.overc.snapshot.SnapshotFeature.FREEZE;
import static io.overc.snapshot.SnapshotFeature.FULL_COPY;
import static io.overc.snapshot.SnapshotFeature.IMPORT;
import static io.overc.snapshot.SnapshotFeature.RESTORE_AS;
import static io.overc.snapshot.SnapshotFeature.RESTORE_IN_PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.RefusedException;
import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what {@link SnapshotFeature} promises: what is declared works, all else is refused. */
public abstract class SnapshotFeatureContract {
  /** For subclasses. */
  protected SnapshotFeatureContract() {}

  /**
   * Returns a handle on the store under test.
   *
   * @return a store; a test asks more than once and must find the same snapshots, and each test
   *     begins with none
   */
  protected abstract SnapshotStore store();

  /**
   * Makes a subject say something; makes the subject if it is not there.
   *
   * @param subject its name: lower-case letters, digits and hyphens
   * @param text what it says
   * @throws IOException if it cannot be written
   */
  protected abstract void write(String subject, String text) throws IOException;

  /**
   * Returns what a subject says.
   *
   * @param subject its name
   * @return the text, or empty if there is no such subject
   * @throws IOException if it cannot be read
   */
  protected abstract Optional<String> read(String subject) throws IOException;

  /**
   * Makes a snapshot with the default options.
   *
   * @param subject its name
   * @return the snapshot
   */
  protected final Snapshot create(String subject) {
    return store().create(subject, SnapshotOptions.defaults(), OperationOptions.defaults());
  }

  private boolean can(SnapshotFeature feature) {
    return store().features().contains(feature);
  }

  @Test
  @DisplayName("a snapshot restored as another name says what the subject said; both stay")
  void restoresAs() throws IOException {
    write("web", "v1");
    Snapshot made = create("web");
    write("web", "v2");
    if (can(RESTORE_AS)) {
      store().restore(made.id(), "web-old", OperationOptions.defaults());
      assertThat(read("web-old")).contains("v1");
      write("web-old", "v3");
      store().restore(made.id(), "web-again", OperationOptions.defaults());
      assertThat(read("web-again")).as("the snapshot is not what was restored").contains("v1");
    } else {
      assertRefused(() -> store().restore(made.id(), "web-old", OperationOptions.defaults()));
      assertThat(read("web-old")).isEmpty();
    }
    assertThat(read("web")).contains("v2");
    assertThat(store().list("web")).containsExactly(made);
  }

  @Test
  @DisplayName("a snapshot restored in place brings back what the subject said, more than once")
  void restoresInPlace() throws IOException {
    write("web", "v1");
    Snapshot first = create("web");
    write("web", "v2");
    Snapshot second = create("web");
    if (!can(RESTORE_IN_PLACE)) {
      assertRefused(() -> store().restore(first.id(), "web", OperationOptions.defaults()));
      assertThat(read("web")).contains("v2");
      return;
    }
    store().restore(first.id(), "web", OperationOptions.defaults());
    assertThat(read("web")).contains("v1");
    store().restore(second.id(), "web", OperationOptions.defaults());
    assertThat(read("web")).contains("v2");
    write("web", "v3");
    store().restore(second.id(), "web", OperationOptions.defaults());
    assertThat(read("web")).contains("v2");
    assertThat(store().list("web")).containsExactly(first, second);
  }

  @Test
  @DisplayName("a target that is another subject is refused and stays as it is")
  void existingTarget() throws IOException {
    write("web", "v1");
    write("db", "data");
    Snapshot made = create("web");
    assertRefused(() -> store().restore(made.id(), "db", OperationOptions.defaults()));
    assertThat(read("db")).contains("data");
  }

  @Test
  @DisplayName("freeze and full copy work where declared and are refused elsewhere")
  void freezeAndFullCopy() throws IOException {
    write("web", "v1");
    assertOption(FREEZE, SnapshotOptions.defaults().withFreeze());
    assertOption(FULL_COPY, SnapshotOptions.defaults().withFullCopy());
    assertThat(read("web")).contains("v1");
  }

  private void assertOption(SnapshotFeature feature, SnapshotOptions options) {
    int before = store().list("web").size();
    if (can(feature)) {
      store().create("web", options, OperationOptions.defaults());
      assertThat(store().list("web")).hasSize(before + 1);
    } else {
      assertRefused(() -> store().create("web", options, OperationOptions.defaults()));
      assertThat(store().list("web")).hasSize(before);
    }
  }

  @Test
  @DisplayName("an export is a new file, never over an old one, or is refused")
  void exports(@TempDir Path directory) throws IOException {
    write("web", "v1");
    SnapshotId id = create("web").id();
    Path file = directory.resolve("export");
    if (can(EXPORT)) {
      store().exportTo(id, file, OperationOptions.defaults());
      assertThat(file).isNotEmptyFile();
      byte[] exported = Files.readAllBytes(file);
      assertRefused(() -> store().exportTo(id, file, OperationOptions.defaults()));
      assertThat(file).hasBinaryContent(exported);
    } else {
      assertRefused(() -> store().exportTo(id, file, OperationOptions.defaults()));
      assertThat(file).doesNotExist();
    }
  }

  @Test
  @DisplayName("an import is a snapshot like any other, or is refused")
  void imports(@TempDir Path directory) throws IOException {
    write("web", "v1");
    SnapshotId id = create("web").id();
    Path file = directory.resolve("export");
    if (!can(IMPORT) || !can(EXPORT)) {
      Files.writeString(file, "x");
      assertRefused(() -> store().importFrom(file, "web", OperationOptions.defaults()));
      return;
    }
    store().exportTo(id, file, OperationOptions.defaults());
    store().delete(id, OperationOptions.defaults());
    Snapshot imported = store().importFrom(file, "other", OperationOptions.defaults());
    assertThat(imported.subject()).isEqualTo("other");
    assertThat(store().list("other")).containsExactly(imported);
    if (can(RESTORE_AS)) {
      store().restore(imported.id(), "copy", OperationOptions.defaults());
      assertThat(read("copy")).contains("v1");
    }
  }

  @Test
  @DisplayName("progress is told in the promised order, and a listener that throws does no harm")
  void progress() throws IOException {
    write("web", "v1");
    List<Event> events = new ArrayList<>();
    Listener broken =
        event -> {
          events.add(event);
          throw new IllegalStateException("listener");
        };
    store().create("web", SnapshotOptions.defaults(), OperationOptions.of(broken));
    assertThat(store().list("web")).hasSize(1);
    assertThat(events.get(0)).isInstanceOf(Event.Started.class);
    assertThat(events.get(events.size() - 1))
        .isInstanceOfSatisfying(
            Event.Finished.class, end -> assertThat(end.succeeded()).as(end.message()).isTrue());
    assertThat(events).filteredOn(Event.Finished.class::isInstance).hasSize(1);
    assertThat(events).filteredOn(Event.StepStarted.class::isInstance).isNotEmpty();
  }

  private static void assertRefused(Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(RefusedException.class);
  }
}
