package io.overc.testkit;

import static io.overc.snapshot.SnapshotFeature.RESTORE_AS;
import static io.overc.snapshot.SnapshotFeature.RESTORE_IN_PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overc.error.BusyException;
import io.overc.error.OvercException;
import io.overc.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds that a snapshot is all of its subject, and nothing but it: whole trees are compared. */
public abstract class SnapshotTreeContract extends SnapshotFeatureContract {
  private static final int MANY = 500;

  /** For subclasses. */
  protected SnapshotTreeContract() {}

  private Path sample(String subject) throws IOException {
    write(subject, "v1");
    Path tree = requireTree(subject);
    SampleTree.make(tree);
    return tree;
  }

  @Test
  @DisplayName(
      "making, restoring and deleting a snapshot leave the subject as it is to the last bit")
  void theSourceIsNotTouched() throws IOException {
    Path tree = sample("web");
    Map<String, String> before = SampleTree.describe(tree);
    SnapshotId id = create("web").id();
    assertThat(SampleTree.describe(tree)).isEqualTo(before);
    if (can(RESTORE_AS)) {
      store().restore(id, "copy", NONE);
      assertThat(SampleTree.describe(tree)).isEqualTo(before);
    }
    store().delete(id, NONE);
    assertThat(SampleTree.describe(tree)).isEqualTo(before);
    assertNothingIsLeft();
  }

  @Test
  @DisplayName(
      "what is restored is the whole tree: contents, modes, times, links, empty directories")
  void theWholeTreeIsRestored() throws IOException {
    assumeTrue(can(RESTORE_AS));
    Path tree = sample("web");
    Map<String, String> before = SampleTree.describe(tree);
    SnapshotId id = create("web").id();
    SampleTree.change(tree);
    store().restore(id, "copy", NONE);
    assertThat(SampleTree.describe(requireTree("copy"))).isEqualTo(before);
    assertNothingIsLeft();
  }

  @Test
  @DisplayName(
      "restored in place, added files are gone, removed ones are back, changed ones as before")
  void theWholeTreeIsReplaced() throws IOException {
    assumeTrue(can(RESTORE_IN_PLACE));
    Path tree = sample("web");
    Map<String, String> before = SampleTree.describe(tree);
    SnapshotId id = create("web").id();
    SampleTree.change(tree);
    assertThat(SampleTree.describe(tree)).isNotEqualTo(before);
    store().restore(id, "web", NONE);
    assertThat(SampleTree.describe(requireTree("web"))).isEqualTo(before);
    assertNothingIsLeft();
  }

  @Test
  @DisplayName(
      "a snapshot shares nothing that can be written with its subject or what was restored")
  void nothingIsShared() throws IOException {
    assumeTrue(can(RESTORE_AS));
    Path tree = sample("web");
    Map<String, String> before = SampleTree.describe(tree);
    SnapshotId id = create("web").id();
    store().restore(id, "first", NONE);
    SampleTree.change(requireTree("first"));
    Files.writeString(tree.resolve("secret"), "written in place");
    store().restore(id, "second", NONE);
    assertThat(SampleTree.describe(requireTree("second"))).isEqualTo(before);
  }

  @Test
  @DisplayName("what is restored while its snapshot is being deleted is whole, or not there")
  void restoredWhileDeleted() throws IOException {
    assumeTrue(can(RESTORE_AS));
    Path tree = sample("web");
    for (int i = 0; i < MANY; i++) {
      Files.createFile(tree.resolve("file-" + i));
    }
    Map<String, String> before = SampleTree.describe(tree);
    SnapshotId id = create("web").id();
    CompletableFuture<Void> deletion = CompletableFuture.runAsync(() -> store().delete(id, NONE));
    int round = 0;
    do {
      String target = "copy-" + round++;
      boolean restored = restores(id, target);
      assertThat(restored ? SampleTree.describe(requireTree(target)) : before).isEqualTo(before);
      assertThat(read(target).isPresent()).isEqualTo(restored);
    } while (!deletion.isDone());
    if (deletion.isCompletedExceptionally()) {
      assertThatThrownBy(deletion::join).hasCauseInstanceOf(BusyException.class);
    }
  }

  private boolean restores(SnapshotId id, String target) {
    try {
      store().restore(id, target, NONE);
      return true;
    } catch (OvercException e) {
      return false; // It is being deleted, or busy.
    }
  }

  @Test
  @DisplayName("a subject that was deleted is restored under its own name")
  void deletedSubjectIsRestored() throws IOException {
    assumeTrue(can(RESTORE_IN_PLACE));
    write("web", "v1");
    Map<String, String> before = files("web");
    SnapshotId id = create("web").id();
    assumeTrue(remove("web"), "subjects cannot be deleted without the store");
    assertThat(ids("web")).containsExactly(id);
    store().restore(id, "web", NONE);
    assertThat(read("web")).contains("v1");
    assertThat(files("web")).isEqualTo(before);
  }

  /** Describes the files of a subject; none where they are not in a directory. */
  private Map<String, String> files(String subject) throws IOException {
    Optional<Path> tree = tree(subject);
    return tree.isPresent() ? SampleTree.describe(tree.get()) : Map.of();
  }

  /**
   * Deletes a subject without the store.
   *
   * @param subject its name; it exists
   * @return false if that cannot be done
   * @throws IOException if that fails
   */
  protected boolean remove(String subject) throws IOException {
    return false;
  }
}
