package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What the contract of snapshot stores asks of the class that runs it. */
public abstract class SnapshotKit {
  /** Who listens to nothing and waits for ever. */
  protected static final OperationOptions NONE = OperationOptions.defaults();

  /** For subclasses. */
  protected SnapshotKit() {}

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
   * Returns the same store with a fault-injection point, for the cases in which it is killed, fails
   * or is cancelled at each of them.
   *
   * @param effects the point
   * @return the store; empty to leave these cases out
   */
  protected Optional<SnapshotStore> store(SideEffects effects) {
    return Optional.empty();
  }

  /**
   * Returns the same store with another clock.
   *
   * @param clock says when snapshots are made
   * @return the store; empty where the time comes from elsewhere
   */
  protected Optional<SnapshotStore> store(Clock clock) {
    return Optional.empty();
  }

  /**
   * Returns the directory that holds the files of a subject.
   *
   * @param subject its name; it exists
   * @return a directory; empty where there is none to look into
   */
  protected Optional<Path> tree(String subject) {
    return Optional.empty();
  }

  /**
   * Damages a snapshot as a failing disk or a person would, without the store.
   *
   * @param id the snapshot
   * @return false if that cannot be done
   * @throws IOException if that fails
   */
  protected boolean damage(SnapshotId id) throws IOException {
    return false;
  }

  /**
   * Returns what lies where subjects and snapshots are and is neither, nor the file of a lock.
   *
   * @return names; empty if nothing is left over
   * @throws IOException if that cannot be found out
   */
  protected List<String> leftovers() throws IOException {
    return List.of();
  }

  /**
   * Returns the file whose lock another process must find held while the store works.
   *
   * @param subject its name
   * @return the file; empty where there is none in the default file system
   */
  protected Optional<Path> lockFile(String subject) {
    return Optional.empty();
  }

  /**
   * Says whether an id may come back after its snapshot was deleted, because others decided how
   * snapshots are named on the disk, as lxc-snap did.
   *
   * @return false if unset
   */
  protected boolean idsMayComeBack() {
    return false;
  }

  /**
   * Makes a snapshot with the default options.
   *
   * @param subject its name
   * @return the snapshot
   */
  protected final Snapshot create(String subject) {
    return store().create(subject, SnapshotOptions.defaults(), NONE);
  }

  final boolean can(SnapshotFeature feature) {
    return store().features().contains(feature);
  }

  final List<SnapshotId> ids(String subject) {
    return store().list(subject).stream().map(Snapshot::id).toList();
  }

  final Path requireTree(String subject) {
    Optional<Path> tree = tree(subject);
    assumeTrue(tree.isPresent(), "the files of a subject are not in a directory");
    return tree.orElseThrow();
  }

  final SnapshotStore requireStore(SideEffects effects) {
    Optional<SnapshotStore> store = store(effects);
    assumeTrue(store.isPresent(), "this store has no fault-injection point");
    return store.orElseThrow();
  }

  final void assertNothingIsLeft() throws IOException {
    assertThat(leftovers()).as("what is left over").isEmpty();
  }

  static void assertRefused(Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(RefusedException.class);
  }
}
