package io.overc.directory;

import io.overc.internal.tree.FileTree;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import io.overc.testkit.PathSubjects;
import io.overc.testkit.SnapshotStoreContract;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Runs the kit on directories below a base that a subclass chooses. */
abstract class DirectoryContract extends SnapshotStoreContract {
  abstract Path base();

  private Path subjects() {
    return base().resolve("subjects");
  }

  private Path snapshots() {
    return base().resolve("snapshots");
  }

  private DirectorySnapshotStoreBuilder builder() {
    return DirectorySnapshotStore.builder(subjects(), snapshots());
  }

  @Override
  protected final SnapshotStore store() {
    return builder().build();
  }

  @Override
  protected final Optional<SnapshotStore> store(SideEffects effects) {
    return Optional.of(builder().effects(effects).build());
  }

  @Override
  protected final Optional<SnapshotStore> store(Clock clock) {
    return Optional.of(builder().clock(clock).build());
  }

  @Override
  protected final void write(String subject, String text) throws IOException {
    new PathSubjects(subjects()).write(subject, text);
  }

  @Override
  protected final Optional<String> read(String subject) throws IOException {
    return new PathSubjects(subjects()).read(subject);
  }

  @Override
  protected final Optional<Path> tree(String subject) {
    return Optional.of(subjects().resolve(subject));
  }

  @Override
  protected final boolean remove(String subject) throws IOException {
    FileTree.at(subjects().resolve(subject)).delete();
    return true;
  }

  @Override
  protected final boolean damage(SnapshotId id) throws IOException {
    FileTree.at(snapshots().resolve(id.text()).resolve("data")).delete();
    return true;
  }

  @Override
  protected final List<String> leftovers() throws IOException {
    return PathSubjects.hidden(subjects(), snapshots());
  }

  @Override
  protected final Optional<Path> lockFile(String subject) {
    return base().getFileSystem() == FileSystems.getDefault()
        ? Optional.of(snapshots().resolve(".lock-" + subject))
        : Optional.empty();
  }
}
