package io.overc.testkit;

import static io.overc.snapshot.SnapshotFeature.EXPORT;
import static io.overc.snapshot.SnapshotFeature.FREEZE;
import static io.overc.snapshot.SnapshotFeature.FULL_COPY;
import static io.overc.snapshot.SnapshotFeature.IMPORT;
import static io.overc.snapshot.SnapshotFeature.RESTORE_AS;
import static io.overc.snapshot.SnapshotFeature.RESTORE_IN_PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overc.error.VerificationException;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what {@link SnapshotFeature} promises: what is declared works, all else is refused. */
public abstract class SnapshotFeatureContract extends SnapshotKit {
  /** For subclasses. */
  protected SnapshotFeatureContract() {}

  @Test
  @DisplayName("a snapshot restored as another name says what the subject said; both stay")
  void restoresAs() throws IOException {
    write("web", "v1");
    Snapshot made = create("web");
    write("web", "v2");
    if (can(RESTORE_AS)) {
      store().restore(made.id(), "web-old", NONE);
      assertThat(read("web-old")).contains("v1");
      write("web-old", "v3");
      store().restore(made.id(), "web-again", NONE);
      assertThat(read("web-again")).as("the snapshot is not what was restored").contains("v1");
    } else {
      assertRefused(() -> store().restore(made.id(), "web-old", NONE));
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
      assertRefused(() -> store().restore(first.id(), "web", NONE));
      assertThat(read("web")).contains("v2");
      return;
    }
    store().restore(first.id(), "web", NONE);
    assertThat(read("web")).contains("v1");
    store().restore(second.id(), "web", NONE);
    assertThat(read("web")).contains("v2");
    write("web", "v3");
    store().restore(second.id(), "web", NONE);
    assertThat(read("web")).contains("v2");
    assertThat(store().list("web")).containsExactly(first, second);
  }

  @Test
  @DisplayName("a target that is another subject is refused and stays as it is")
  void existingTarget() throws IOException {
    write("web", "v1");
    write("db", "data");
    Snapshot made = create("web");
    assertRefused(() -> store().restore(made.id(), "db", NONE));
    assertThat(read("db")).contains("data");
  }

  @Test
  @DisplayName("freeze and full copy work where declared and are refused elsewhere")
  void freezeAndFullCopy() throws IOException {
    write("web", "v1");
    assertOption(FREEZE, SnapshotOptions.builder().freeze(true).build());
    assertOption(FULL_COPY, SnapshotOptions.builder().fullCopy(true).build());
    assertThat(read("web")).contains("v1");
  }

  private void assertOption(SnapshotFeature feature, SnapshotOptions options) {
    int before = store().list("web").size();
    if (can(feature)) {
      store().create("web", options, NONE);
      assertThat(store().list("web")).hasSize(before + 1);
    } else {
      assertRefused(() -> store().create("web", options, NONE));
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
      store().exportTo(id, file, NONE);
      assertThat(file).isNotEmptyFile();
      byte[] exported = Files.readAllBytes(file);
      assertRefused(() -> store().exportTo(id, file, NONE));
      assertThat(file).hasBinaryContent(exported);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as("for its owner only")
          .isEqualTo("rw-------");
    } else {
      assertRefused(() -> store().exportTo(id, file, NONE));
      assertThat(file).doesNotExist();
    }
  }

  @Test
  @DisplayName("what others put beside an export is neither written nor removed")
  void exportsBesideOthers(@TempDir Path directory) throws IOException {
    assumeTrue(can(EXPORT), "this store cannot export");
    write("web", "v1");
    SnapshotId id = create("web").id();
    Path theirs = Files.createDirectory(directory.resolve("theirs"));
    Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path kept = Files.writeString(theirs.resolve("snapshot"), "kept");
    Path file = directory.resolve("export");
    Path planted = Files.createSymbolicLink(directory.resolve("export.part"), theirs);
    assertRefused(() -> store().exportTo(id, file, NONE));
    Files.delete(planted);
    Files.move(theirs, planted);
    assertRefused(() -> store().exportTo(id, file, NONE));
    assertThat(planted.resolve(kept.getFileName())).hasContent("kept");
    assertThat(file).doesNotExist();
  }

  @Test
  @DisplayName("an import is a snapshot like any other, or is refused")
  void imports(@TempDir Path directory) throws IOException {
    write("web", "v1");
    SnapshotId id = create("web").id();
    Path file = directory.resolve("export");
    if (!can(IMPORT) || !can(EXPORT)) {
      Files.writeString(file, "x");
      assertRefused(() -> store().importFrom(file, "web", NONE));
      return;
    }
    store().exportTo(id, file, NONE);
    store().delete(id, NONE);
    byte[] whole = Files.readAllBytes(file);
    Path half = Files.write(directory.resolve("half"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> store().importFrom(half, "other", NONE))
        .isInstanceOf(VerificationException.class);
    assertThat(store().list("other")).isEmpty();
    assertNothingIsLeft();
    Snapshot imported = store().importFrom(file, "other", NONE);
    assertThat(imported.subject()).isEqualTo("other");
    assertThat(store().list("other")).containsExactly(imported);
    if (can(RESTORE_AS)) {
      store().restore(imported.id(), "copy", NONE);
      assertThat(read("copy")).contains("v1");
    }
  }

  @Test
  @DisplayName("work on one subject leaves alone what is half-made of another")
  void halfMadeOfAnother() throws IOException {
    write("web", "v1");
    write("other", "v1");
    SideEffects meanwhile =
        new SideEffects() {
          @Override
          public <E extends Exception> void run(String name, Action<E> action) throws E {
            action.run();
            CompletableFuture.runAsync(() -> create("other")).join();
          }
        };
    Optional<SnapshotStore> watched = store(meanwhile);
    assumeTrue(watched.isPresent(), "the store has no fault-injection point");
    Snapshot made = watched.get().create("web", SnapshotOptions.defaults(), NONE);
    assertThat(store().list("web")).containsExactly(made);
    assertThat(store().list("other")).isNotEmpty();
    if (can(RESTORE_AS)) {
      watched.get().restore(made.id(), "copy", NONE);
      assertThat(read("copy")).contains("v1");
    }
  }
}
